package org.eigensweep.array.onednn;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Turns oneDNN's choices, which count the places of a window, into places in the image. */
final class PoolingChoices {
  private final int images;
  private final float[] firsts;
  private final float[] offsets;
  private final byte[] chosen;
  private final float[] places;
  private final RawAddress pointer = new RawAddress();

  PoolingChoices(Geometry scan, int images) {
    this.images = images;
    firsts = firsts(scan);
    offsets = new float[scan.rows() * scan.columns()];
    for (int k = 0; k < offsets.length; k++) {
      offsets[k] = (k / scan.columns() * scan.width() + k % scan.columns()) * scan.channels();
    }
    chosen = new byte[firsts.length];
    places = new float[firsts.length];
  }

  /** Where the window begins, for each position and channel; a padding lies before 0. */
  private static float[] firsts(Geometry scan) {
    float[] firsts = new float[scan.positions() * scan.channels()];
    for (int p = 0; p < scan.positions(); p++) {
      int row = p / scan.positionsAcross() * scan.rowStep() - scan.top();
      int column = p % scan.positionsAcross() * scan.columnStep() - scan.left();
      for (int c = 0; c < scan.channels(); c++) {
        firsts[p * scan.channels() + c] = (row * scan.width() + column) * scan.channels() + c;
      }
    }
    return firsts;
  }

  /** Bytes of the choices, one each. */
  long bytes() {
    return (long) images * chosen.length;
  }

  void writePlaces(long choices, long to) {
    BytePointer from = new BytePointer(pointer.at(choices));
    FloatPointer out = new FloatPointer(pointer.at(to));
    for (int e = 0; e < images; e++) {
      long at = (long) e * chosen.length;
      from.position(at).get(chosen);
      for (int i = 0; i < chosen.length; i++) {
        places[i] = firsts[i] + offsets[chosen[i] & 0xff];
      }
      out.position(at).put(places);
    }
  }
}
