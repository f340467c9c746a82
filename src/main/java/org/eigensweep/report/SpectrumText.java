package org.eigensweep.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eigensweep.curvature.EnergyShare;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.spectrum.Spectrum;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TraceEstimate;

/** The spectrum of a training loss's curvature as plain text. */
public final class SpectrumText {
  private final StringBuilder text = new StringBuilder();
  private final Spectrum spectrum;

  private SpectrumText(Spectrum spectrum) {
    this.spectrum = spectrum;
  }

  /**
   * Lays out what was measured of which matrix: loss, gradient, eigenvalues with their residuals,
   * energy of the Gauss–Newton matrix, trace with its standard error, where the spectral density
   * lies, and the layers one by one.
   *
   * @param l2 coefficients of the L2 term in the loss, by name of the parameter
   * @param l2Value what they add to the loss
   * @return lines, each with its line feed
   */
  public static String render(Spectrum spectrum, Map<String, Double> l2, double l2Value) {
    SpectrumText text = new SpectrumText(spectrum);
    text.head();
    if (!l2.isEmpty()) {
      text.line("L2 term in the loss: %s, with %s", number(l2Value), coefficients(l2));
    }
    text.pairs();
    text.energy();
    text.line(
        "trace: %s (standard error, Hutch++, %d products)",
        trace(spectrum.trace()), spectrum.trace().products());
    text.density();
    text.layers();
    return text.text.toString();
  }

  private void head() {
    String matrix =
        switch (spectrum.subject().matrix()) {
          case HESSIAN -> "Hessian";
          case GGN -> "generalised Gauss-Newton matrix";
        };
    if (spectrum.isWhole()) {
      line("%s of %,d parameters", matrix, spectrum.parameters());
    } else {
      line(
          "%s, the block of %s: %,d of %,d parameters, coordinates %s",
          matrix,
          spectrum.subject().block().name(),
          spectrum.subject().block().size(),
          spectrum.parameters(),
          spectrum.subject().block().coordinates());
    }
    line(
        "loss %s, accuracy %s, gradient norm %s%s",
        number(spectrum.evaluation().loss()),
        share(spectrum.evaluation().accuracy()),
        number(spectrum.gradientNorm()),
        spectrum.isWhole() ? "" : " in the block");
  }

  /** Each coefficient, and the parameters that have it. */
  private static String coefficients(Map<String, Double> l2) {
    Map<Double, List<String>> names = new LinkedHashMap<>();
    l2.forEach((name, c) -> names.computeIfAbsent(c, none -> new ArrayList<>()).add(name));
    return names.entrySet().stream()
        .map(entry -> exact(entry.getKey()) + " on " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private void pairs() {
    line("%5s  %12s  %9s  %20s", "", "eigenvalue", "residual", "cosine with gradient");
    for (int i = 0; i < spectrum.eigenvalues().length; i++) {
      line(
          "%5d  %12s  %9.1e  %20s",
          i + 1,
          number(spectrum.eigenvalues()[i]),
          spectrum.residuals()[i],
          share(spectrum.cosines()[i]));
    }
    line(
        "eigenvalues: %d products, %s%s",
        spectrum.products(),
        words(spectrum.stop()),
        spectrum.stop() == Stop.PRODUCTS_SPENT ? ": NOT CONVERGED to the tolerance" : "");
  }

  private void energy() {
    if (spectrum.energy().isEmpty()) {
      line("energy: not known, finite differences give no Gauss-Newton products");
      return;
    }
    EnergyShare energy = spectrum.energy().get();
    line(
        "energy in their space: Gauss-Newton %s, Hessian %s, share %s (%d products)",
        number(energy.gaussNewton()),
        number(energy.hessian()),
        share(energy.hessian() > 0 ? energy.share() : Double.NaN),
        energy.products());
  }

  private void density() {
    SpectralDensity density = spectrum.density();
    double lowest = density.nodes()[0];
    double highest = density.nodes()[density.nodes().length - 1];
    SpectrumBulk bulk = SpectrumBulk.of(density.nodes(), density.weights());
    line(
        "density: from %s to %s; %.4f of the spectrum within %.0f %% of zero, %.4f below (%d products)",
        number(lowest),
        number(highest),
        bulk.near(),
        100 * SpectrumBulk.WIDTH,
        bulk.below(),
        density.products());
  }

  private void layers() {
    if (spectrum.layers().isEmpty()) {
      return;
    }
    int width = spectrum.layers().stream().mapToInt(l -> l.name().length()).max().orElse(0);
    String name = "%-" + Math.max(width, "layer".length()) + "s";
    line(
        name + "  %12s  %12s  %9s  %15s  %24s  %14s",
        "layer",
        "parameters",
        "eigenvalue",
        "residual",
        "stop",
        "trace",
        "share of trace");
    for (LayerSpectrum layer : spectrum.layers()) {
      line(
          name + "  %,12d  %12s  %9.1e  %15s  %24s  %14s",
          layer.name(),
          layer.parameters(),
          number(layer.eigenvalue()),
          layer.residual(),
          words(layer.stop()),
          trace(layer.trace()),
          share(spectrum.share(layer)));
    }
    line(
        "layers: %d products in all",
        spectrum.layers().stream().mapToInt(l -> l.products() + l.trace().products()).sum());
  }

  private static String trace(TraceEstimate trace) {
    return "%s ± %s".formatted(number(trace.value()), number(trace.standardError()));
  }

  private static String words(Stop stop) {
    return stop.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A setting as it was given: 0.0001 where a measured number would be 0.00010000. */
  private static String exact(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toString();
  }

  private static String share(double value) {
    return Double.isNaN(value) ? Digits.NONE : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5g", value);
  }

  private void line(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
