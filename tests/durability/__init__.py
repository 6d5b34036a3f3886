"""What the engine promises about data, tried by killing, breaking and damaging it."""
