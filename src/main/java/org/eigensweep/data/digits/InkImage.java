package org.eigensweep.data.digits;

import java.util.List;

/** A square grey image that strokes are drawn on: 0 is paper, 1 is full ink. */
final class InkImage {
  /** Half the width in pixels of the edge over which ink fades into paper. */
  private static final double FADE = 0.8;

  private final int side;
  private final double[] ink;

  /** A blank image of {@code side} × {@code side} pixels. */
  InkImage(int side) {
    this.side = side;
    this.ink = new double[side * side];
  }

  /**
   * Draws a path with a round pen. Where strokes cross, the darker one counts: ink does not add up.
   *
   * @param path ends of straight pieces, in pixels; pixel (column, row) has its centre at (column +
   *     ½, row + ½); what lies outside the image is not drawn
   * @param radius half the width of the pen, in pixels
   */
  void draw(List<PlanePoint> path, double radius) {
    for (int i = 1; i < path.size(); i++) {
      drawPiece(path.get(i - 1), path.get(i), radius);
    }
  }

  private void drawPiece(PlanePoint a, PlanePoint b, double radius) {
    double reach = radius + FADE;
    int left = Math.max(0, (int) Math.floor(Math.min(a.x(), b.x()) - reach));
    int right = Math.min(side - 1, (int) Math.floor(Math.max(a.x(), b.x()) + reach));
    int upper = Math.max(0, (int) Math.floor(Math.min(a.y(), b.y()) - reach));
    int lower = Math.min(side - 1, (int) Math.floor(Math.max(a.y(), b.y()) + reach));
    for (int row = upper; row <= lower; row++) {
      for (int column = left; column <= right; column++) {
        double darkness = darkness(distance(column + 0.5, row + 0.5, a, b) - radius);
        ink[row * side + column] = Math.max(ink[row * side + column], darkness);
      }
    }
  }

  /** Ink at a signed distance from the pen's edge: a smooth step from 1 inside to 0 outside. */
  private static double darkness(double beyondEdge) {
    double t = Math.min(1, Math.max(0, (FADE - beyondEdge) / (2 * FADE)));
    return t * t * (3 - 2 * t);
  }

  private static double distance(double x, double y, PlanePoint a, PlanePoint b) {
    double dx = b.x() - a.x();
    double dy = b.y() - a.y();
    double squared = dx * dx + dy * dy;
    // A piece without length is a point; the quotient would be 0 / 0.
    double along = squared == 0 ? 0 : ((x - a.x()) * dx + (y - a.y()) * dy) / squared;
    double t = Math.min(1, Math.max(0, along));
    double ex = x - a.x() - t * dx;
    double ey = y - a.y() - t * dy;
    return Math.sqrt(ex * ex + ey * ey);
  }

  /** The ink of each pixel in [0, 1], row after row from the upper left; shared, not copied. */
  double[] pixels() {
    return ink;
  }
}
