package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.Spectrum;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.experiment.spectrum.SpectrumStudy;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.linalg.Coordinates;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Dl4jModels;
import org.eigensweep.network.Samples;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The leading eigenvalues of a saved network, or of some of its layers, against those of the dense
 * matrix of second differences of DL4J's score.
 */
class SavedEigenvaluesTest {
  private static final int PAIRS = 4;

  /** A network, the layers whose block is meant, and whether it is exact. */
  record Subject(String name, Supplier<Model> network, List<String> layers, boolean exact) {
    @Override
    public String toString() {
      return name + " " + layers;
    }
  }

  static Stream<Subject> subjects() {
    Layer frozen = new FrozenLayer(dense().build());
    return Stream.of(
        subject("plain", List.of(), true, dense().build(), SavedCase.softmax()),
        subject("plain", List.of("layer0.W"), true, dense().build(), SavedCase.softmax()),
        subject("centres", List.of("layer0.W"), false, dense().build(), centres()),
        subject("centres", List.of(), false, dense().build(), centres()),
        subject("no biases", List.of(), true, dense().hasBias(false).build(), SavedCase.softmax()),
        subject("frozen", List.of(), true, frozen, dense().build(), SavedCase.softmax()),
        subject(
            "frozen",
            List.of("layer1", "layer2"),
            true,
            frozen,
            dense().build(),
            SavedCase.softmax()),
        subject("frozen", List.of("layer0"), true, frozen, dense().build(), SavedCase.softmax()),
        subject("loss layer", List.of(), true, scores(), softmax()));
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(3).activation(Activation.TANH);
  }

  private static Layer scores() {
    return dense().activation(Activation.IDENTITY).build();
  }

  private static Layer softmax() {
    return new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
  }

  private static Layer centres() {
    return new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .lambda(0.3)
        .alpha(0.4)
        .build();
  }

  private static Subject subject(String name, List<String> parts, boolean exact, Layer... layers) {
    return new Subject(
        name,
        () -> {
          var list = SavedCase.common().list();
          for (Layer layer : layers) {
            list.layer(layer.clone());
          }
          return SavedCase.initialised(list.setInputType(InputType.feedForward(6)));
        },
        parts,
        exact);
  }

  @ParameterizedTest
  @MethodSource("subjects")
  void areThoseOfTheScore(Subject one) {
    SavedNetwork saved = SavedNetwork.of(Dl4jModels.of(one.network().get()));
    assertThat(saved.missingRule().isEmpty()).isEqualTo(one.exact());
    List<IndexRange> ranges = one.layers().stream().map(saved::parameterRange).toList();
    int n = saved.parameters().rows();
    Block block = ranges.isEmpty() ? Block.whole(n) : new Block("some", adjacent(ranges));
    SolverSettings settings = new SolverSettings(PAIRS, 1e-6, Which.LARGEST, 200);
    SpectrumSubject subject = new SpectrumSubject(CurvatureMatrix.HESSIAN, block, List.of());
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective objective = saved.trainingObjective(device, SavedCase.VECTORS, Samples.PASSES)) {
      Spectrum spectrum =
          SpectrumStudy.of(
              objective, saved.parameters(), subject, new SpectrumRequest(settings, 2, 1, 2, 3));
      double[] expected = eigenvalues(one, saved, block);
      for (int k = 0; k < PAIRS; k++) {
        // h² = 1e-6 times fourth derivatives of some tens, and 1e-16/4h² of a loss
        assertThat(spectrum.eigenvalues()[k])
            .isCloseTo(expected[k], within(1e-4 * Math.abs(expected[0])));
      }
    }
  }

  private static Coordinates adjacent(List<IndexRange> ranges) {
    int last = ranges.get(ranges.size() - 1).to();
    return new Coordinates(List.of(new IndexRange(ranges.get(0).from(), last)));
  }

  /** Of the dense block, from the largest down. */
  private static double[] eigenvalues(Subject one, SavedNetwork saved, Block block) {
    int[] at =
        block.coordinates().ranges().stream()
            .flatMapToInt(range -> IntStream.range(range.from(), range.to()))
            .toArray();
    AgainstScore.Score score = new AgainstScore.Score(one.network().get(), SavedCase.VECTORS);
    RealMatrix dense = MatrixUtils.createRealMatrix(at.length, at.length);
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j <= i; j++) {
        double second =
            score.mixed(saved.parameters(), axis(saved, at[i]), axis(saved, at[j]), 1e-3);
        dense.setEntry(i, j, second);
        dense.setEntry(j, i, second);
      }
    }
    double[] values = new EigenDecompositionSymmetric(dense).getEigenvalues();
    return Arrays.stream(values)
        .boxed()
        .sorted((a, b) -> Double.compare(b, a))
        .mapToDouble(x -> x)
        .toArray();
  }

  private static double[] axis(SavedNetwork saved, int coordinate) {
    double[] axis = new double[saved.parameters().rows()];
    axis[coordinate] = 1;
    return axis;
  }
}
