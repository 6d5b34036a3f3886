"""The records that flow through the engine: frozen, typed, without behaviour beyond small properties."""
