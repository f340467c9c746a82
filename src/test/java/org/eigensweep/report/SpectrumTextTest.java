package org.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.EnergyShare;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.Spectrum;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TraceEstimate;
import org.junit.jupiter.api.Test;

/** What does not exist, or did not converge, is said so. */
class SpectrumTextTest {
  private static final HostMatrix POINT = new HostMatrix.Doubles(3, 1, new double[] {1, 2, 3});
  private static final HostMatrix VECTORS = new HostMatrix.Doubles(3, 1, new double[] {1, 0, 0});

  private static LayerSpectrum layer(String name, Stop stop, double trace) {
    return new LayerSpectrum(
        name, 1, 2, 0.25, 9, stop, new TraceEstimate(trace, 0, 1), 0, Double.NaN);
  }

  /** A study at a point without a gradient, of a network without classes. */
  private static String render(Stop stop, double hessian, LayerSpectrum... layers) {
    Spectrum spectrum =
        new Spectrum(
            new SpectrumSubject(CurvatureMatrix.HESSIAN, Block.whole(3), List.of()),
            new Evaluation(0.5, Double.NaN),
            0,
            new double[] {4},
            new double[] {0.5},
            new double[] {Double.NaN},
            70,
            stop,
            Optional.of(new EnergyShare(1, hessian, 2)),
            new TraceEstimate(6, 0, 3),
            new SpectralDensity(new double[] {0, 4}, new double[] {0.5, 0.5}, 8),
            List.of(layers),
            POINT,
            VECTORS);
    return SpectrumText.render(spectrum, Map.of(), 0);
  }

  @Test
  void saysThatPairsDidNotConverge() {
    assertThat(render(Stop.PRODUCTS_SPENT, 1))
        .contains("eigenvalues: 70 products, products spent: NOT CONVERGED to the tolerance\n");
    assertThat(render(Stop.CONVERGED, 1))
        .contains("eigenvalues: 70 products, converged\n")
        .doesNotContain("NOT");
  }

  @Test
  void showsWhyTheSolverOfEachLayerStopped() {
    assertThat(
            render(
                Stop.CONVERGED,
                1,
                layer("first", Stop.CONVERGED, 1),
                layer("second", Stop.PRODUCTS_SPENT, 3)))
        .contains(
            """
            layer     parameters    eigenvalue   residual             stop                     trace  share of trace
            first              1        2.0000    2.5e-01        converged           1.0000 ± 0.0000          0.2500
            second             1        2.0000    2.5e-01   products spent           3.0000 ± 0.0000          0.7500
            layers: 20 products in all
            """);
  }

  @Test
  void putsADashWhereThereIsNoNumber() {
    assertThat(
            render(
                Stop.CONVERGED, 0, layer("a", Stop.CONVERGED, 1), layer("b", Stop.CONVERGED, -1)))
        .contains(
            "loss 0.50000, accuracy -, gradient norm 0.0000\n",
            "    1        4.0000    5.0e-01                     -\n",
            "Hessian 0.0000, share - (2 products)\n",
            "1.0000 ± 0.0000               -\n")
        .doesNotContain("NaN")
        .doesNotContain("Infinity");
  }
}
