package org.eigensweep.report;

import java.util.Locale;
import org.eigensweep.experiment.Spectrum;

/** A Hessian's spectrum as plain text. */
public final class SpectrumText {
  /** Ritz values below this share of the largest one in absolute value count as the bulk. */
  private static final double BULK = 0.01;

  private SpectrumText() {}

  /**
   * Lays out loss, gradient, eigenvalues with their residuals, trace with its standard error, and
   * where the spectral density lies.
   *
   * @return lines of at most 100 columns, each with its line feed
   */
  public static String render(Spectrum spectrum) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%,d parameters, loss %s, accuracy %.4f, gradient norm %s",
        spectrum.parameters(),
        number(spectrum.evaluation().loss()),
        spectrum.evaluation().accuracy(),
        number(spectrum.gradientNorm()));
    line(text, "%5s  %12s  %9s  %20s", "", "eigenvalue", "residual", "cosine with gradient");
    for (int i = 0; i < spectrum.eigenvalues().length; i++) {
      line(
          text,
          "%5d  %12s  %9.1e  %20.4f",
          i + 1,
          number(spectrum.eigenvalues()[i]),
          spectrum.residuals()[i],
          spectrum.cosines()[i]);
    }
    line(
        text,
        "eigenvalues: %d products, %s",
        spectrum.products(),
        spectrum.stop().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    line(
        text,
        "trace: %s ± %s (standard error, Hutch++, %d products)",
        number(spectrum.trace().value()),
        number(spectrum.trace().standardError()),
        spectrum.trace().products());
    density(text, spectrum);
    return text.toString();
  }

  private static void density(StringBuilder text, Spectrum spectrum) {
    double[] nodes = spectrum.density().nodes();
    double[] weights = spectrum.density().weights();
    double largest = 0;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double node : nodes) {
      largest = Math.max(largest, Math.abs(node));
      lowest = Math.min(lowest, node);
      highest = Math.max(highest, node);
    }
    double below = 0;
    double bulk = 0;
    for (int i = 0; i < nodes.length; i++) {
      below += nodes[i] < -BULK * largest ? weights[i] : 0;
      bulk += Math.abs(nodes[i]) <= BULK * largest ? weights[i] : 0;
    }
    line(
        text,
        "density: from %s to %s; %.4f of the spectrum within %.0f %% of zero, %.4f below (%d products)",
        number(lowest),
        number(highest),
        bulk,
        100 * BULK,
        below,
        spectrum.density().products());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
