package org.eigensweep.network.vertex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The layers that DL4J lacks, by DL4J's own gradient check and by hand. */
class LayersTest {
  private static final int WIDTH = 4;
  private static final int LENGTH = 4;
  private static final int EXAMPLES = 3;

  private static final INDArray MASK =
      Nd4j.createFromArray(new double[][] {{1, 1, 1, 1}, {1, 1, 0, 0}, {1, 0, 0, 0}});

  @BeforeEach
  void seed() {
    Nd4j.getRandom().setSeed(7);
  }

  /** An encoder layer on sequences of real numbers, which DL4J's check can vary. */
  private static ComputationGraph encoder() {
    ComputationGraph graph = encoderAtItsStart();
    // away from the gains and biases of the start, at which their gradients are special
    graph.params().addi(Nd4j.randn(DataType.DOUBLE, graph.params().shape()).muli(0.3));
    return graph;
  }

  private static ComputationGraph encoderAtItsStart() {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .seed(3)
            .graphBuilder()
            .addInputs("x", "mask")
            .addVertex("positions", new PreprocessorVertex(new SinusoidalPositions()), "x")
            .addVertex(
                "rows", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), "positions")
            .addLayer("projections", dense(WIDTH, 3 * WIDTH), "rows")
            .addVertex(
                "attention", new DotProductAttentionVertex(WIDTH, 2, LENGTH), "projections", "mask")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "rows", "attention")
            .addLayer("normal", new LayerNormalizationLayer(WIDTH, 1e-5), "sum")
            .addVertex(
                "sequence", new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), "normal")
            .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "sequence")
            .addLayer(
                "output",
                new OutputLayer.Builder(new LossMCXENT())
                    .nIn(WIDTH)
                    .nOut(2)
                    .activation(new ActivationSoftmax())
                    .build(),
                "mean")
            .setOutputs("output")
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  private static DenseLayer dense(int inputs, int outputs) {
    return new DenseLayer.Builder()
        .nIn(inputs)
        .nOut(outputs)
        .activation(new ActivationIdentity())
        .build();
  }

  private static INDArray inputs() {
    return Nd4j.randn(DataType.DOUBLE, EXAMPLES, WIDTH, LENGTH);
  }

  /**
   * Central differences of step 1e-6 in float64 are off by some 1e-10: that is 1e-4 of a gradient
   * of 1e-6, and gradients below 1e-8 (those of the keys' biases are zero) count as equal to them.
   */
  @Test
  void passDl4jsGradientCheck() {
    INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0}, {0, 1}, {1, 0}});
    GradientCheckUtil.GraphConfig check =
        new GradientCheckUtil.GraphConfig()
            .net(encoder())
            .inputs(new INDArray[] {inputs(), MASK})
            .labels(new INDArray[] {labels})
            .epsilon(1e-6)
            .maxRelError(1e-4)
            .minAbsoluteError(1e-8);
    DataTypeUtil.setDTypeForContext(DataType.DOUBLE); // what the check asks for
    try {
      assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
    } finally {
      DataTypeUtil.setDTypeForContext(DataType.FLOAT);
    }
  }

  @Test
  void areSavedAndRestored() throws IOException {
    ComputationGraph graph = encoder();
    INDArray inputs = inputs();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, zip, false);
    ComputationGraph restored =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip.toByteArray()));
    assertThat(restored.outputSingle(inputs, MASK)).isEqualTo(graph.outputSingle(inputs, MASK));
    assertThat(restored.getConfiguration()).isEqualTo(graph.getConfiguration());
  }

  @Test
  void nobodyAttendsToPadding() {
    ComputationGraph graph = encoder();
    INDArray inputs = inputs();
    INDArray before = graph.feedForward(new INDArray[] {inputs, MASK}, false).get("attention");
    before = before.dup();
    inputs.putScalar(new int[] {1, 2, 3}, 100); // example 1, position 3: padding
    INDArray after = graph.feedForward(new INDArray[] {inputs, MASK}, false).get("attention");
    // each token sees the same keys and values as before
    for (int row = 0; row < EXAMPLES * LENGTH; row++) {
      if (row
          != row(1, 3)) { // the padding's own query moved, which changes nothing but its own row
        assertThat(after.getRow(row)).isEqualTo(before.getRow(row));
      }
    }
  }

  @Test
  void attentionIsTheWeightedMeanOfValues() {
    DotProductAttentionVertex one = new DotProductAttentionVertex(2, 1, 2);
    assertThat(one.getWidth()).isEqualTo(2);
    ComputationGraph graph = encoder();
    var activations = graph.feedForward(new INDArray[] {inputs(), MASK}, false);
    double[][] qkv = activations.get("projections").toDoubleMatrix();
    double[][] mixed = activations.get("attention").toDoubleMatrix();
    int size = WIDTH / 2;
    for (int e = 0; e < EXAMPLES; e++) {
      for (int head = 0; head < 2; head++) {
        for (int q = 0; q < LENGTH; q++) {
          double[] expected = attend(qkv, e, head * size, q, size);
          for (int i = 0; i < size; i++) {
            assertThat(mixed[row(e, q)][head * size + i]).isCloseTo(expected[i], within(1e-12));
          }
        }
      }
    }
  }

  /** Where DL4J's preprocessor puts a position of an example. */
  private static int row(int example, int position) {
    return position * EXAMPLES + example;
  }

  private static double[] attend(double[][] qkv, int example, int at, int query, int size) {
    double[] sum = new double[size];
    double weights = 0;
    for (int key = 0; key < LENGTH; key++) {
      double score = 0;
      for (int i = 0; i < size; i++) {
        score +=
            qkv[row(example, query)][at + i]
                * qkv[row(example, key)][WIDTH + at + i]
                / Math.sqrt(size);
      }
      double weight = MASK.getDouble(example, key) * Math.exp(score);
      weights += weight;
      for (int i = 0; i < size; i++) {
        sum[i] += weight * qkv[row(example, key)][2 * WIDTH + at + i];
      }
    }
    for (int i = 0; i < size; i++) {
      sum[i] /= weights;
    }
    return sum;
  }

  @Test
  void normalisedRowsHaveMeanZeroAndVarianceOne() {
    INDArray rows =
        encoderAtItsStart().feedForward(new INDArray[] {inputs(), MASK}, false).get("normal");
    for (double mean : rows.mean(1).toDoubleVector()) {
      assertThat(mean).isCloseTo(0, within(1e-12));
    }
    for (double variance : rows.var(false, 1).toDoubleVector()) {
      assertThat(variance).isCloseTo(1, within(1e-3)); // but for epsilon
    }
  }

  @Test
  void positionsAreEncodedBySinesAndCosines() {
    INDArray zeros = Nd4j.zeros(DataType.DOUBLE, EXAMPLES, WIDTH, LENGTH);
    INDArray encoding = encoder().feedForward(new INDArray[] {zeros, MASK}, false).get("positions");
    assertThat(encoding.getDouble(1, 0, 3)).isCloseTo(Math.sin(3), within(1e-15));
    assertThat(encoding.getDouble(2, 1, 3)).isCloseTo(Math.cos(3), within(1e-15));
    assertThat(encoding.getDouble(0, 2, 2))
        .isCloseTo(Math.sin(2 / Math.pow(10000, 0.5)), within(1e-15));
    assertThat(encoding.getDouble(0, 3, 2))
        .isCloseTo(Math.cos(2 / Math.pow(10000, 0.5)), within(1e-15));
  }
}
