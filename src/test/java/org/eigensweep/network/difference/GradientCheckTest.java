package org.eigensweep.network.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.eigensweep.data.DataException;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.eigensweep.network.saved.SavedCase;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** Gradients that are none, or are one only here. */
class GradientCheckTest {
  private static final double[] THETA = {0.3, -0.7, 0.4, 1.1, -0.2, 0.6};

  private static final Culprit CULPRIT =
      new Culprit(
          new Architecture.Sequential(
                  SavedCase.common()
                      .list()
                      .layer(new DenseLayer.Builder().nIn(2).nOut(3).build())
                      .layer(
                          new DenseLayer.Builder()
                              .nIn(3)
                              .nOut(3)
                              .activation(Activation.CUBE)
                              .build())
                      .build())
              .vertices());

  private static void check(LossField field) {
    ParameterLayout layout =
        new ParameterLayout(
            List.of(
                new ParameterLayout.Parameter("layer0", "W", new IndexRange(0, 4), List.of()),
                new ParameterLayout.Parameter("layer1", "b", new IndexRange(4, 6), List.of())));
    new GradientCheck(field, layout, CULPRIT).require(THETA);
  }

  /** ½‖θ‖² + sin θ₀ and its gradient, with what is added to it. */
  private static LossField.Point smooth(double[] theta, double... wrong) {
    double loss = Math.sin(theta[0]);
    double[] gradient = theta.clone();
    gradient[0] += Math.cos(theta[0]);
    for (int i = 0; i < theta.length; i++) {
      loss += theta[i] * theta[i] / 2;
      gradient[i] += i < wrong.length ? wrong[i] : 0;
    }
    return new LossField.Point(loss, gradient);
  }

  @Test
  void takesADerivative() {
    check(theta -> smooth(theta));
  }

  /** No curvature at all: products are rounding, which has no symmetry. */
  @Test
  void takesALinearLoss() {
    check(theta -> new LossField.Point(1e3 + 7 * theta[1], new double[] {0, 7, 0, 0, 0, 0}));
  }

  /** As a loss that has come to its end. */
  @Test
  void takesALossOfZero() {
    check(theta -> new LossField.Point(0, new double[THETA.length]));
  }

  /** A loss of 1e6 may be rounded at 1e-6, and one of 1e-6 at 1e-18. */
  @Test
  void tellsRoundingFromChanceByTheSizeOfTheLoss() {
    check(jumping(1e6, 1e-7));
    assertThatThrownBy(() -> check(jumping(1e6, 1e-5)))
        .hasMessageContaining("the loss at the same parameters is");
    assertThatThrownBy(() -> check(jumping(1e-6, 1e-15)))
        .hasMessageContaining("the loss at the same parameters is");
  }

  /** A constant loss that is larger every other time. */
  private static LossField jumping(double loss, double jump) {
    int[] asked = new int[1];
    return theta -> new LossField.Point(loss + asked[0]++ % 2 * jump, new double[THETA.length]);
  }

  /** What is wrong there too is no kink: a thousandth of 1 + ‖θ‖ away. */
  @Test
  void asksAThousandthOfTheParametersAside() {
    List<Double> distances = new ArrayList<>();
    LossField wrong =
        theta -> {
          distances.add(LossField.norm(LossField.moved(theta, -1, THETA)));
          return smooth(theta, 0, 0, 0.1);
        };
    assertThatThrownBy(() -> check(wrong)).isInstanceOf(DataException.class);
    assertThat(distances)
        .anySatisfy(
            distance ->
                assertThat(distance).isCloseTo(1e-3 * (1 + LossField.norm(THETA)), within(1e-12)));
  }

  @Test
  void namesTheLastParameterAtFault() {
    assertThatThrownBy(() -> check(theta -> smooth(theta, 0, 0, 0.1)))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "layer0 \\(DenseLayer\\): DL4J's gradient along layer0.W is \\S+ where its loss has the"
                + " slope \\S+, expected the same: build the network from other layers");
    assertThatThrownBy(() -> check(theta -> smooth(theta, 0.1, 0, 0, 0, 0, 0.1)))
        .hasMessageStartingWith("layer1 (DenseLayer): DL4J's gradient along layer1.b is");
  }

  /** Wrong by less than kinks make of a slope, but by the same at every step. */
  @Test
  void seesAGradientThatIsOffByLittle() {
    assertThatThrownBy(() -> check(theta -> smooth(theta, 0, 0, 2e-5)))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "layer0 \\(DenseLayer\\): DL4J's gradient along layer0.W is \\S+ where its loss has the"
                + " slope \\S+, expected the same to 1e-06: build the network from other layers or"
                + " with another loss");
  }

  /** A small kink between the points of the longest step alone: its error goes with the step. */
  @Test
  void takesASmallKinkNearby() {
    check(
        theta -> {
          double apart = theta[2] - THETA[2] - 1.5e-6;
          LossField.Point point = smooth(theta, 0, 0, apart > 0 ? 1e-3 : 0);
          return new LossField.Point(point.loss() + 1e-3 * Math.max(apart, 0), point.gradient());
        });
  }

  /** A gradient of zero where the loss has a slope, as that of a frozen layer. */
  @Test
  void seesAZero() {
    assertThatThrownBy(
            () ->
                check(
                    theta -> {
                      LossField.Point point = smooth(theta);
                      point.gradient()[4] = 0;
                      point.gradient()[5] = 0;
                      return point;
                    }))
        .hasMessageContaining(
            "DL4J's gradient along layer1.b is 0.00 where its loss has the slope");
  }

  /** Right at θ, and turned around it: slopes at θ do not see it. */
  @Test
  void seesAGradientThatIsOneOnlyHere() {
    assertThatThrownBy(
            () -> check(theta -> smooth(theta, theta[1] - THETA[1], THETA[0] - theta[0])))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "layer0 \\(DenseLayer\\), layer1 \\(DenseLayer\\): differences of DL4J's gradient are no"
                + " Hessian, uᵀHv and vᵀHu differ by \\S+ of ‖Hv‖, expected at most 1e-02: build the"
                + " network from other layers");
  }

  @Test
  void tellsAKinkFromAWrongGradient() {
    assertThatThrownBy(
            () ->
                check(
                    theta -> {
                      double apart = theta[2] - THETA[2];
                      LossField.Point point = smooth(theta, 0, 0, apart > 0 ? 1 : 0);
                      return new LossField.Point(
                          point.loss() + Math.max(apart, 0), point.gradient());
                    }))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("layer0 (DenseLayer): the loss has no derivative at these parameters")
        .hasMessageContaining("expected the same: an activation lies on its kink");
  }

  @Test
  void seesARandomLoss() {
    Random random = new Random(3);
    assertThatThrownBy(
            () ->
                check(
                    theta -> {
                      LossField.Point point = smooth(theta);
                      double noise = 1e-6 * random.nextGaussian();
                      return new LossField.Point(point.loss() + noise, point.gradient());
                    }))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the loss at the same parameters is");
  }
}
