package org.eigensweep.report;

import java.util.Locale;
import org.eigensweep.experiment.Spectrum;
import org.eigensweep.linalg.SpectralDensity;

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
    SpectralDensity density = spectrum.density();
    double lowest = density.nodes()[0];
    double highest = density.nodes()[density.nodes().length - 1];
    double near = BULK * Math.max(Math.abs(lowest), Math.abs(highest));
    double below = density.cumulative(Math.nextDown(-near));
    double bulk = density.cumulative(near) - below;
    line(
        text,
        "density: from %s to %s; %.4f of the spectrum within %.0f %% of zero, %.4f below (%d products)",
        number(lowest),
        number(highest),
        bulk,
        100 * BULK,
        below,
        density.products());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
