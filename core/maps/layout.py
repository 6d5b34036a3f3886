"""Places for documents on a plane: what is near in meaning attracts each other, everything else keeps its distance.

It begins with the two directions in which the documents differ most, which puts the large parts where they belong, and
then moves all documents at once, some hundred times: along the bonds of the graph towards each other, away from a few
others that are drawn anew each time. These are the forces of UMAP (section 3.2 of its paper, with a = b = 1), summed up
over all bonds instead of drawn bond by bond, so that NumPy does the work and gives the interpreter back.

Measured (`tests.benchmarks.map`): of the ten nearest of a Cranfield abstract, 36 % are among its ten nearest on the
map; with the two directions alone it is 6 %.
"""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from core.maps.graph import Graph, Points, neighbour_graph
from core.maps.stopping import check
from core.vector_stores.shortening import Shortening, principal_axes

NEIGHBOURS = 10
"""More blur what is near, fewer tear apart what is far: 15 keep 0.32 of the ten nearest, 10 keep 0.36, and are sooner
found."""
_AXES = 100  # with 50, a tenth of the ten nearest is lost
_ROUNDS = 200
_ROUNDS_AGAIN = 60
_STEP, _STEP_AGAIN = 0.2, 0.05
_STRANGERS = 12
_REPULSION = 5.0  # times what binds a document, as UMAP draws five strangers for each bond
_LONGEST = 4.0
_SPREAD = 4.0  # of the beginning; about that of the end, whatever the number of documents
_APART = 0.01
_KNOWN_LEAST = 0.5
_SEED = 20_240_229

_Plane = NDArray[np.complex64]
"""Places as x + iy: one array to gather from instead of two."""


def lay_out(vectors: Points, before: Points | None = None, stop: threading.Event | None = None) -> Points:
    """Return a place for each of the unit `vectors` `(n, dimension)`, as `(n, 2)`.

    The same vectors get the same places. Where most have a place `before` `(n, 2)` (NaN for those that are new), the
    picture stays as it was, and the new ones are put among those that they are like.

    Raises:
        Stopped: If `stop` was set meanwhile.
    """
    count = len(vectors)
    if count < 2:
        return np.zeros((count, 2), np.float32)
    chance = np.random.default_rng(_SEED)
    # Strangers are taken by their distance in this order, so it must not be that in which documents came.
    order = chance.permutation(count)
    points = _turned(vectors)[order]
    graph = neighbour_graph(points, NEIGHBOURS, stop)
    start = None if before is None else _taken_up(before[order], graph)
    if start is None:
        plane = _settled(_beginning(points, chance), graph, _ROUNDS, _STEP, chance, stop)
    else:
        plane = _settled(start, graph, _ROUNDS_AGAIN, _STEP_AGAIN, chance, stop)
    places = np.empty((count, 2), np.float32)
    places[order] = np.stack([plane.real, plane.imag], axis=1)
    return places


def _turned(vectors: Points) -> Points:
    """Return the vectors along the directions in which they differ most, the first first."""
    size = Shortening.sample_size(vectors.shape[1])
    axes = principal_axes(vectors[:: max(1, len(vectors) // size)])[:, :_AXES]
    if axes.shape[1] < 2:
        axes = np.pad(axes, ((0, 0), (0, 2 - axes.shape[1])))
    turned = (vectors - vectors.mean(axis=0)) @ axes
    # An axis has no sign of its own; the long tail goes to the right and up, so that the map is not mirrored by chance.
    turned *= np.where(np.power(turned, 3).sum(axis=0) < 0, -1, 1)
    return np.ascontiguousarray(turned, dtype=np.float32)


def _beginning(points: Points, chance: np.random.Generator) -> _Plane:
    plane = points[:, :2] * (_SPREAD / max(float(points[:, :2].std()), 1e-9))
    # The same text twice would stay in one place for ever.
    plane += chance.normal(0, _APART, plane.shape)
    return _complex(plane)


def _taken_up(before: Points, graph: Graph) -> _Plane | None:
    """Return the places there were, with the new ones in the middle of their neighbours; None where most are new."""
    known = ~np.isnan(before[:, 0])
    if known.mean() < _KNOWN_LEAST:
        return None
    plane = _complex(np.where(known[:, np.newaxis], before, 0))
    plane[~known] = plane[known].mean()
    bonds = graph.weights * known[graph.tails]
    bound = np.add.reduceat(bonds, graph.begins)
    middle = np.add.reduceat(bonds * plane[graph.tails], graph.begins)
    near = ~known & (bound > 0)
    plane[near] = middle[near] / bound[near]
    return plane


def _settled(
    plane: _Plane, graph: Graph, rounds: int, step: float, chance: np.random.Generator, stop: threading.Event | None
) -> _Plane:
    repulsion = np.add.reduceat(graph.weights, graph.begins) * np.float32(2 * _REPULSION / _STRANGERS)
    for number in range(rounds):
        check(stop)
        force = _attraction(plane, graph)
        force += _repulsion(plane, chance) * repulsion
        length = np.abs(force)
        force *= step * (1 - number / rounds) * np.minimum(1, _LONGEST / np.maximum(length, 1e-9))
        plane = (plane + force).astype(np.complex64)
    return plane


def _attraction(plane: _Plane, graph: Graph) -> _Plane:
    apart = plane.take(graph.tails)
    apart -= plane.take(graph.heads)
    pull = _squared(apart)
    pull += 1
    np.divide(graph.weights, pull, out=pull)
    apart *= pull
    total: _Plane = np.add.reduceat(apart, graph.begins)
    return 2 * total


def _repulsion(plane: _Plane, chance: np.random.Generator) -> _Plane:
    total = np.zeros_like(plane)
    for shift in chance.integers(1, len(plane), _STRANGERS):
        apart = plane - np.roll(plane, shift)
        squared = _squared(apart)
        apart *= 1 / ((squared + np.float32(_APART)) * (squared + 1))
        total += apart
    return total


def _squared(apart: _Plane) -> Points:
    squared: Points = apart.real * apart.real
    squared += apart.imag * apart.imag
    return squared


def _complex(places: Points) -> _Plane:
    return np.ascontiguousarray(places, dtype=np.float32).view(np.complex64)[:, 0]
