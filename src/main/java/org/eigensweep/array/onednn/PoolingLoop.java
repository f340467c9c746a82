package org.eigensweep.array.onednn;

import org.bytedeco.javacpp.FloatPointer;

/** The largest value of each window and its place, whatever the numbers are: five times slower. */
final class PoolingLoop {
  private final Geometry scan;
  private final int images;
  private final float[] image;
  private final float[] largest;
  private final float[] places;
  private final RawAddress pointer = new RawAddress();

  PoolingLoop(Geometry scan, int images) {
    this.scan = scan;
    this.images = images;
    image = new float[Math.toIntExact(scan.imageSize())];
    largest = new float[scan.positions() * scan.channels()];
    places = new float[largest.length];
  }

  void compute(long from, long toLargest, long toPlaces) {
    FloatPointer in = new FloatPointer(pointer.at(from));
    FloatPointer outLargest = new FloatPointer(pointer.at(toLargest));
    FloatPointer outPlaces = new FloatPointer(pointer.at(toPlaces));
    for (int e = 0; e < images; e++) {
      in.position((long) e * image.length).get(image);
      for (int p = 0; p < scan.positions(); p++) {
        pool(p / scan.positionsAcross(), p % scan.positionsAcross(), p * scan.channels());
      }
      outLargest.position((long) e * largest.length).put(largest);
      outPlaces.position((long) e * places.length).put(places);
    }
  }

  private void pool(int down, int across, int to) {
    int firstRow = down * scan.rowStep() - scan.top();
    int firstColumn = across * scan.columnStep() - scan.left();
    int lastRow = Math.min(firstRow + scan.rows(), scan.height());
    int lastColumn = Math.min(firstColumn + scan.columns(), scan.width());
    for (int c = 0; c < scan.channels(); c++) {
      int best = -1;
      for (int i = Math.max(firstRow, 0); i < lastRow; i++) {
        for (int j = Math.max(firstColumn, 0); j < lastColumn; j++) {
          int place = (i * scan.width() + j) * scan.channels() + c;
          best = best < 0 || isAbove(image[place], image[best]) ? place : best;
        }
      }
      largest[to + c] = image[best];
      places[to + c] = best;
    }
  }

  private static boolean isAbove(float x, float y) {
    return x > y || (Float.isNaN(x) && !Float.isNaN(y));
  }
}
