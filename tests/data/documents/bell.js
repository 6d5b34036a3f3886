// Rings the fog bell.
export function ring(times) {
  return "dong ".repeat(times);
}

class Bell {
  strike() {
    return ring(1);
  }
}
