package org.eigensweep.data.digits;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Writes one digit the way a hand would: a glyph of the class, its control points moved a little,
 * the whole slanted, stretched, turned and shifted, drawn with a pen of some width and grain.
 *
 * <p>Every number comes from {@link SplittableRandom#nextLong} and arithmetic that Java defines to
 * the bit ({@link StrictMath}, square roots), because the bounded and Gaussian draws of the JDK may
 * change from one release to the next, and a seed must name the same images on every machine.
 */
final class DigitWriter {
  static final int SIDE = 28;

  /** Height of an upright digit in pixels, as in MNIST's images of 28 × 28. */
  private static final double HEIGHT = 19;

  // Half-widths of the uniform draws below. Chosen by eye and by the nearest class mean: wide
  // enough that a linear rule errs as it does on MNIST, narrow enough that people can read them.
  private static final double JITTER = 0.06; // of the unit box, each coordinate of a control point
  private static final double ROTATION = StrictMath.toRadians(14);
  private static final double SHEAR = 0.3;
  private static final double SHIFT = 2; // pixels
  private static final double GRAIN = 0.25; // the largest part of its ink that a pixel may lose

  private final SplittableRandom random;

  /** A writer that draws from {@code random} alone, and nobody else may draw from it. */
  DigitWriter(SplittableRandom random) {
    this.random = random;
  }

  /**
   * Writes a digit.
   *
   * @param digit the class, in [0, 10)
   * @param images receives {@value #SIDE} × {@value #SIDE} pixels, row after row from the upper
   *     left, each a multiple of 1/255 in [0, 1] as from a scanner
   * @param offset index of the first of them
   */
  void write(int digit, float[] images, int offset) {
    List<Glyph> ways = Glyph.DIGITS.get(digit);
    Glyph glyph = ways.get((int) between(0, ways.size()));
    InkImage image = new InkImage(SIDE);
    Affine affine = affine();
    double radius = between(0.7, 1.6);
    for (List<PlanePoint> stroke : glyph.strokes()) {
      List<PlanePoint> moved = stroke.stream().map(this::jitter).map(affine::apply).toList();
      image.draw(Glyph.path(moved), radius);
    }
    double[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      // The grain scales ink and leaves paper at exactly 0, so blank pixels stay blank as in MNIST.
      double ink = pixels[i] == 0 ? 0 : pixels[i] * (1 - between(0, GRAIN));
      images[offset + i] = Math.round(255 * ink) / 255f;
    }
  }

  private PlanePoint jitter(PlanePoint p) {
    return new PlanePoint(p.x() + around(JITTER), p.y() + around(JITTER));
  }

  /** A map from the unit box to pixels: stretch, then slant, then turn about the centre, shift. */
  private Affine affine() {
    double width = HEIGHT * between(0.7, 1.1);
    double height = HEIGHT * between(0.85, 1.1);
    double shear = around(SHEAR);
    double angle = around(ROTATION);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return new Affine(
        width * cos,
        height * (shear * cos - sin),
        width * sin,
        height * (shear * sin + cos),
        SIDE / 2.0 + around(SHIFT),
        SIDE / 2.0 + around(SHIFT));
  }

  /** Uniform in [-half, half). */
  private double around(double half) {
    return between(-half, half);
  }

  /** Uniform in [low, high), from the upper 53 bits of one draw. */
  private double between(double low, double high) {
    return low + (high - low) * ((random.nextLong() >>> 11) * 0x1p-53);
  }

  /** (x, y) of the unit box to M·(x − ½, y − ½) + centre. */
  private record Affine(
      double xx, double xy, double yx, double yy, double centreX, double centreY) {
    PlanePoint apply(PlanePoint p) {
      double x = p.x() - 0.5;
      double y = p.y() - 0.5;
      return new PlanePoint(xx * x + xy * y + centreX, yx * x + yy * y + centreY);
    }
  }
}
