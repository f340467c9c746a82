package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What the command {@code spectrum} measures, against closed forms and dense matrices. */
class SpectrumOracleTest {
  private static final Dataset DATA =
      new GeneratedDigits(120, 1000, 0).load(new Configuration()).train();
  private static final int PIXELS = 784;

  @TempDir private Path folder;
  private SpectrumRun run;

  @BeforeEach
  void start() {
    run = new SpectrumRun(folder);
  }

  private static OutputLayer.Builder softmax(int inputs) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(10)
        .activation(Activation.SOFTMAX);
  }

  private static MultiLayerNetwork network(NeuralNetConfiguration.ListBuilder layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  /** Solves to 1e-10 in float64: a Ritz value is off by the square of that over the gap. */
  private Captured exactly(Path model, String... more) {
    String[] arguments = {
      "--set", "model.precision=float64",
      "--set", "eigenspace.tolerance=1e-10",
      "--set", "spectrum.trace-products=60"
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    Captured captured = run.execute(model.toString(), all);
    assertThat(captured.status()).as(captured.err()).isZero();
    return captured;
  }

  private void assertEigenvalues(String study, RealMatrix block, double tolerance) {
    double[] expected = new EigenDecompositionSymmetric(block).getEigenvalues(); // descending
    List<Row> rows = run.rows("spectra_eigenvalues", study, "pair");
    assertThat(rows).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(rows.get(i).<Double>getAs("eigenvalue"))
          .isCloseTo(expected[i], within(tolerance * expected[0]));
    }
  }

  /**
   * Without hidden layers the Gauss–Newton matrix is the Hessian, and its entry for weights (i, c)
   * and (j, d) is the mean of (p_c·[c = d] − p_c·p_d)·x_i·x_j, and the L2 coefficient on the
   * diagonal. The block takes the middle row of the image for the first class, and the biases.
   */
  @Test
  void equalsTheClosedFormOfSoftmaxRegression() {
    MultiLayerNetwork dl4j =
        network(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(softmax(PIXELS).l2(0.01).l2Bias(0.5).build()));
    Path model = run.save("softmax.zip", dl4j);
    String[] block = {"--layer", "392:420", "--layer", "layer0.b"};
    Captured hessian = exactly(model, block);
    assertThat(hessian.out())
        .startsWith(
            "Hessian, the block of 392:420, layer0.b: 38 of 7,850 parameters, coordinates 392:420,"
                + " 7840:7850\n")
        .contains("gradient norm", " in the block\n", ", with 0.01 on layer0.W; 0.5 on layer0.b\n");
    exactly(model, "--operator", "ggn", "--layers", "392:420,layer0.b");

    RealMatrix expected = closedForm(dl4j);
    assertEigenvalues("softmax.zip-392-420+layer0.b", expected, 1e-9);
    assertEigenvalues("softmax.zip-ggn-392-420+layer0.b", expected, 1e-9);
    Row spectra = run.rows("spectra", "softmax.zip-ggn-392-420+layer0.b", "model").get(0);
    assertThat(spectra.<String>getAs("matrix")).isEqualTo("ggn");
    assertThat(spectra.<Integer>getAs("block_parameters")).isEqualTo(38);
    // 60 products are more than the block has dimensions: the trace is exact
    assertThat(spectra.<Double>getAs("trace")).isCloseTo(expected.getTrace(), within(1e-9));
    assertThat(spectra.<Double>getAs("trace_error")).isZero();
    assertThat(spectra.<Double>getAs("energy_share")).isCloseTo(1, within(1e-12));
    double three = 0;
    for (Row row : run.rows("spectra_eigenvalues", "softmax.zip-ggn-392-420+layer0.b", "pair")) {
      three += row.<Double>getAs("eigenvalue");
    }
    assertThat(spectra.<Double>getAs("energy_hessian")).isCloseTo(three, within(1e-9));
    checkTheTerm(spectra, dl4j.convertDataType(DataType.DOUBLE));
  }

  private static void checkTheTerm(Row spectra, MultiLayerNetwork dl4j) {
    assertThat(spectra.<String>getAs("l2")).isEqualTo("layer0.W=0.01, layer0.b=0.5");
    double term = dl4j.calcRegularizationScore(true);
    assertThat(spectra.<Double>getAs("l2_value"))
        .isCloseTo(term, within(1e-12 * term)); // a sum of 7,850 squares in float64
    dl4j.setInput(inputs());
    dl4j.setLabels(labels());
    dl4j.computeGradientAndScore();
    assertThat(spectra.<Double>getAs("train_loss"))
        .isCloseTo(dl4j.score(), within(1e-9)); // DL4J clips probabilities at 1e-10
  }

  private static RealMatrix closedForm(MultiLayerNetwork dl4j) {
    double[][] p = dl4j.convertDataType(DataType.DOUBLE).output(inputs()).toDoubleMatrix();
    int[] pixel = new int[38];
    int[] klass = new int[38];
    for (int i = 0; i < 38; i++) {
      pixel[i] = i < 28 ? 392 + i : -1; // a bias stands for an input of 1
      klass[i] = i < 28 ? 0 : i - 28;
    }
    RealMatrix block = MatrixUtils.createRealMatrix(38, 38);
    for (int e = 0; e < DATA.examples(); e++) {
      for (int i = 0; i < 38; i++) {
        for (int j = 0; j < 38; j++) {
          double a = (klass[i] == klass[j] ? p[e][klass[i]] : 0) - p[e][klass[i]] * p[e][klass[j]];
          block.addToEntry(i, j, a * input(e, pixel[i]) * input(e, pixel[j]) / DATA.examples());
        }
      }
    }
    for (int i = 0; i < 38; i++) {
      block.addToEntry(i, i, i < 28 ? 0.01 : 0.5);
    }
    return block;
  }

  private static double input(int example, int pixel) {
    return pixel < 0 ? 1 : DATA.inputs()[example * PIXELS + pixel];
  }

  private static INDArray inputs() {
    return Nd4j.createFromArray(DATA.inputs())
        .reshape(DATA.examples(), PIXELS)
        .castTo(DataType.DOUBLE);
  }

  private static INDArray labels() {
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, DATA.examples(), 10);
    for (int i = 0; i < DATA.examples(); i++) {
      labels.putScalar(i, DATA.labels()[i], 1);
    }
    return labels;
  }

  /**
   * The output layer's block of a network with a hidden layer, from differences of DL4J's own
   * gradient in float64: their error is h² = 1e-10 times third derivatives of a few units.
   */
  @Test
  void equalsDl4jsDifferencesInOneLayersBlock() {
    MultiLayerNetwork dl4j =
        network(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .l2(0.02)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(PIXELS)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build())
                .layer(softmax(4).build()));
    Path model = run.save("tanh.zip", dl4j);
    Captured captured = exactly(model, "--layer", "layer1", "--each-layer");
    RealMatrix block = differences(dl4j.convertDataType(DataType.DOUBLE), PIXELS * 4 + 4, 50);
    for (int i = 0; i < 40; i++) {
      block.addToEntry(i, i, 0.02); // DL4J's gradient has the term only after its updater
    }
    assertEigenvalues("tanh.zip-layer1", block, 1e-8);
    List<Row> layers = run.rows("spectra_layers", "tanh.zip-layer1", "layer");
    assertThat(layers)
        .extracting(row -> row.<String>getAs("layer"))
        .containsExactly("layer0", "layer1");
    assertThat(layers.get(1).<Integer>getAs("parameters")).isEqualTo(50);
    double largest = new EigenDecompositionSymmetric(block).getEigenvalues()[0];
    assertThat(layers.get(1).<Double>getAs("eigenvalue")).isCloseTo(largest, within(1e-8));
    assertThat(layers.get(1).<Double>getAs("trace")).isCloseTo(block.getTrace(), within(1e-8));
    double first = layers.get(0).<Double>getAs("trace");
    assertThat(layers.get(1).<Double>getAs("trace_share"))
        .isCloseTo(block.getTrace() / (first + block.getTrace()), within(1e-8));
    assertThat(captured.out())
        .containsPattern("layer0 +3,140 +")
        .containsPattern("layer1 +50 +")
        .contains("share of trace");
  }

  private static RealMatrix differences(MultiLayerNetwork dl4j, int from, int size) {
    double h = 1e-5;
    INDArray center = dl4j.params().dup();
    RealMatrix block = MatrixUtils.createRealMatrix(size, size);
    for (int j = 0; j < size; j++) {
      for (int sign : new int[] {1, -1}) {
        INDArray shifted = center.dup();
        shifted.putScalar(from + j, center.getDouble(from + j) + sign * h);
        dl4j.setParams(shifted);
        dl4j.setInput(inputs());
        dl4j.setLabels(labels());
        dl4j.computeGradientAndScore();
        double[] gradient = dl4j.getFlattenedGradients().toDoubleVector();
        for (int i = 0; i < size; i++) {
          block.addToEntry(i, j, sign * gradient[from + i] / (2 * h * DATA.examples()));
        }
      }
    }
    return block.add(block.transpose()).scalarMultiply(0.5);
  }

  @Test
  void saysThatWeightDecayIsLeftOut() {
    MultiLayerNetwork dl4j =
        network(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .weightDecay(0.1)
                .list()
                .layer(softmax(PIXELS).build()));
    Captured captured = exactly(run.save("decay.zip", dl4j), "--layer", "layer0.b");
    String left = "weight decay of layer0.W, which is part of the update and not of the loss";
    assertThat(captured.err()).contains("left out: " + left + "\n");
    assertThat(captured.out()).doesNotContain("L2 term");
    Row spectra = run.rows("spectra", "decay.zip-layer0.b", "model").get(0);
    assertThat(spectra.<String>getAs("left_out")).isEqualTo(left);
    assertThat(spectra.<Double>getAs("l2_value")).isZero();
  }
}
