package org.eigensweep.network.generated;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.DataException;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.Spectrum;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.experiment.spectrum.SpectrumStudy;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.linalg.Coordinates;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.saved.SavedNetwork;

/**
 * The project as the command {@code spectrum --model} uses it, from the bytes of the saved file on.
 *
 * @param mutation what is done to the objective, nothing but in a test of the test
 */
record Instrument(UnaryOperator<Objective> mutation) {
  Instrument() {
    this(objective -> objective);
  }

  /** Refusals are what the command turns into one line and exit status 2. */
  Answer ask(Case network, byte[] zip) {
    SavedNetwork saved;
    try {
      saved = SavedNetwork.read("net.zip", zip);
    } catch (IllegalArgumentException | DataException e) {
      return new Answer.Refused(e.getMessage());
    } catch (RuntimeException e) {
      return new Answer.Broken(e);
    }
    boolean exact = saved.missingRule().isEmpty();
    boolean single = exact && network.setting("precision", "float64").equals("float32");
    try (Device device =
        Devices.processor().open(single ? Precision.FLOAT32 : Precision.FLOAT64, 1)) {
      Objective objective;
      try {
        objective = saved.trainingObjective(device, Samples.of(network), passes(network));
      } catch (IllegalArgumentException e) {
        return new Answer.Refused(e.getMessage());
      }
      try (Objective measured = mutation.apply(objective)) {
        return new Study(network, saved, measured, single).numbers();
      }
    } catch (DataException e) {
      return new Answer.Refused(e.getMessage());
    } catch (NotFiniteException e) {
      return new Answer.NotFinite(e.getMessage());
    } catch (RuntimeException e) {
      return new Answer.Broken(e);
    }
  }

  /** All examples together in batch normalisation, as DL4J's score has them. */
  private static PassSettings passes(Case network) {
    return network.is("piecewise")
        ? new PassSettings(1, 1, network.examples())
        : new PassSettings(16L << 20, 1L << 30, network.examples());
  }

  private record Study(Case network, SavedNetwork saved, Objective objective, boolean single) {
    Answer numbers() {
      SpectrumSubject subject = new SpectrumSubject(CurvatureMatrix.HESSIAN, block(), List.of());
      Spectrum spectrum =
          SpectrumStudy.of(objective, saved.parameters(), subject, request(subject));
      Device device = objective.device();
      try (Scope scope = device.open();
          Linearization here = objective.linearize(scope.copyOf(saved.parameters()))) {
        return new Answer.Numbers(
            saved.missingRule().isEmpty(),
            single,
            scope.copyOf(saved.parameters()).toDoubles(),
            here.evaluation().loss(),
            here.gradient().toDoubles(),
            hessian(here, scope),
            nonlinearity(here, scope),
            which() == Which.MAGNITUDE,
            subject.block().coordinates().ranges().stream()
                .flatMapToInt(range -> IntStream.range(range.from(), range.to()))
                .boxed()
                .toList(),
            spectrum.eigenvalues(),
            spectrum.residuals(),
            spectrum.stop(),
            spectrum.trace().value());
      }
    }

    private Block block() {
      List<String> layers = saved.layers();
      int wanted = network.number("block", -1);
      if (wanted < 0 || layers.isEmpty()) {
        return Block.whole(saved.parameters().rows());
      }
      String layer = layers.get(wanted % layers.size());
      IndexRange range = saved.parameterRange(layer);
      return new Block(layer, new Coordinates(List.of(range)));
    }

    /** As exactly as the products allow; the trace from as many products as there are rows. */
    private SpectrumRequest request(SpectrumSubject subject) {
      int n = subject.block().size();
      double tolerance = single ? 1e-4 : saved.missingRule().isEmpty() ? 1e-9 : 1e-6;
      SolverSettings settings =
          new SolverSettings(
              Math.min(n, network.number("pairs", 3)), tolerance, which(), 2 * n + 20);
      return new SpectrumRequest(settings, Math.max(2, n), 1, Math.min(n, 3), network.seed());
    }

    private Which which() {
      return network.setting("which", "largest").equals("magnitude")
          ? Which.MAGNITUDE
          : Which.LARGEST;
    }

    private static double[][] hessian(Linearization here, Scope scope) {
      int n = here.gradient().rows();
      Matrix identity = scope.zeros(n, n);
      for (int i = 0; i < n; i++) {
        identity.device().fill(1, identity.view((long) i * n + i, 1, 1));
      }
      Matrix product = scope.matrix(n, n);
      here.hessianProduct(identity, product);
      double[] values = product.toDoubles();
      double[][] hessian = new double[n][n];
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
          hessian[i][j] = values[j * n + i];
        }
      }
      return hessian;
    }

    /** Of two vectors whose lengths differ a thousandfold: differences have noise there. */
    private static double nonlinearity(Linearization here, Scope scope) {
      int n = here.gradient().rows();
      Device device = here.gradient().device();
      double[] values = new double[3 * n];
      for (int i = 0; i < n; i++) {
        values[i] = Math.sin(i + 1);
        values[n + i] = 1e-3 * Math.cos(3 * i);
        values[2 * n + i] = values[i] + values[n + i];
      }
      Matrix block = scope.matrix(n, 3);
      block.write(values);
      Matrix product = scope.matrix(n, 3);
      here.hessianProduct(block, product);
      double length = device.norm(product.column(2));
      device.axpy(-1, product.column(0), product.column(2));
      device.axpy(-1, product.column(1), product.column(2));
      return length == 0 ? 0 : device.norm(product.column(2)) / length;
    }
  }
}
