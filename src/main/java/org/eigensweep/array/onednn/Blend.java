package org.eigensweep.array.onednn;

/** out ← α·result + β·out. With β = 0 the old numbers are not read. */
record Blend(float alpha, float beta) {
  static final Blend REPLACE = new Blend(1, 0);
  static final Blend ADD = new Blend(1, 1);
}
