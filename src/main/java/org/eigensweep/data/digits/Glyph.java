package org.eigensweep.data.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One way to write a digit: strokes in the unit box, (0, 0) upper left, each a list of at least two
 * control points that the pen passes through. A corner is where one stroke ends and the next
 * begins.
 *
 * @param strokes control points, stroke after stroke
 */
record Glyph(List<List<PlanePoint>> strokes) {
  /** Straight pieces between two control points: at 19 pixels' height no corner shows. */
  private static final int PIECES = 6;

  /** The usual ways to write each digit, by class: one class has several, as in handwriting. */
  static final List<List<Glyph>> DIGITS =
      List.of(
          List.of(glyph(".50 .00 .27 .12 .17 .50 .27 .88 .50 1.0 .73 .88 .83 .50 .73 .12 .50 .00")),
          List.of(
              glyph(".52 .00 .50 .50 .49 1.0"),
              glyph(".30 .22 .54 .00", ".54 .00 .53 .50 .52 1.0"),
              glyph(".32 .20 .53 .00", ".53 .00 .52 .50 .52 1.0", ".30 1.0 .74 1.0")),
          List.of(
              glyph(
                  ".20 .26 .30 .06 .52 .00 .75 .10 .76 .32 .55 .62 .18 1.0",
                  ".18 1.0 .50 .98 .84 1.0"),
              glyph(
                  ".20 .22 .45 .00 .75 .15 .70 .45 .42 .83 .22 .98 .14 .88 .28 .80"
                      + " .52 .93 .86 .97")),
          List.of(
              glyph(
                  ".20 .13 .45 .00 .72 .10 .70 .34 .42 .46",
                  ".42 .46 .75 .56 .80 .80 .54 1.0 .17 .87"),
              glyph(
                  ".20 .02 .76 .02", ".76 .02 .44 .40", ".44 .40 .74 .50 .79 .78 .53 1.0 .17 .88")),
          List.of(
              glyph(".27 .00 .20 .34 .22 .53 .50 .58 .84 .52", ".74 .04 .71 .50 .67 1.0"),
              glyph(".62 .00 .15 .66", ".15 .66 .88 .66", ".63 .00 .62 .50 .62 1.0")),
          List.of(
              glyph(
                  ".78 .00 .30 .01",
                  ".30 .01 .25 .43",
                  ".25 .43 .55 .36 .80 .56 .75 .85 .48 1.0 .19 .91")),
          List.of(
              glyph(".66 .00 .40 .20 .23 .58 .27 .88 .50 1.0 .75 .87 .72 .60 .48 .53 .25 .74"),
              glyph(".45 .00 .28 .40 .26 .80 .48 1.0 .73 .88 .73 .65 .52 .56 .27 .72")),
          List.of(
              glyph(".17 .04 .50 .03 .82 .02", ".82 .02 .60 .42 .44 1.0"),
              glyph(".18 .18 .19 .04", ".19 .04 .80 .02", ".80 .02 .58 .46 .46 1.0"),
              glyph(".17 .04 .82 .02", ".82 .02 .60 .42 .44 1.0", ".36 .52 .76 .50")),
          List.of(
              glyph(
                  ".73 .13 .50 .00 .27 .13 .31 .33 .52 .47 .74 .68 .72 .91 .50 1.0 .28 .91 .26 .68"
                      + " .48 .48 .69 .33 .73 .13")),
          List.of(
              glyph(
                  ".75 .22 .60 .03 .38 .04 .24 .25 .36 .47 .58 .44 .75 .22",
                  ".75 .22 .73 .60 .66 1.0"),
              glyph(
                  ".74 .20 .58 .02 .36 .05 .24 .26 .36 .46 .58 .43 .74 .20",
                  ".74 .20 .75 .65 .56 .98 .25 .92")));

  private static Glyph glyph(String... strokes) {
    return new Glyph(Arrays.stream(strokes).map(Glyph::stroke).toList());
  }

  private static List<PlanePoint> stroke(String coordinates) {
    String[] numbers = coordinates.split(" ", -1);
    return IntStream.range(0, numbers.length / 2)
        .mapToObj(
            i ->
                new PlanePoint(
                    Double.parseDouble(numbers[2 * i]), Double.parseDouble(numbers[2 * i + 1])))
        .toList();
  }

  /**
   * The path of a pen through control points: the uniform Catmull–Rom spline, in straight pieces.
   *
   * @param controls at least two points
   * @return the pieces' ends in order, from the first control point to the last
   */
  static List<PlanePoint> path(List<PlanePoint> controls) {
    List<PlanePoint> path = new ArrayList<>();
    int last = controls.size() - 1;
    for (int i = 0; i < last; i++) {
      // The ends are doubled: the spline needs a neighbour on both sides.
      PlanePoint before = controls.get(Math.max(i - 1, 0));
      PlanePoint from = controls.get(i);
      PlanePoint to = controls.get(i + 1);
      PlanePoint after = controls.get(Math.min(i + 2, last));
      for (int piece = 0; piece < PIECES; piece++) {
        double t = (double) piece / PIECES;
        path.add(
            new PlanePoint(
                spline(before.x(), from.x(), to.x(), after.x(), t),
                spline(before.y(), from.y(), to.y(), after.y(), t)));
      }
    }
    path.add(controls.get(last));
    return path;
  }

  private static double spline(double before, double from, double to, double after, double t) {
    double slopeFrom = (to - before) / 2;
    double slopeTo = (after - from) / 2;
    double rise = to - from;
    double square = 3 * rise - 2 * slopeFrom - slopeTo;
    double cube = slopeFrom + slopeTo - 2 * rise;
    return from + t * (slopeFrom + t * (square + t * cube));
  }
}
