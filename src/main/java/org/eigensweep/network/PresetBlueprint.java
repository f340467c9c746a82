package org.eigensweep.network;

import static org.eigensweep.network.preset.Word.word;

import java.util.random.RandomGenerator;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jConfiguration;
import org.eigensweep.network.pass.CrossEntropy;
import org.eigensweep.network.pass.LossRule;
import org.eigensweep.network.pass.SquaredError;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Model;

/**
 * A network that the settings describe by name and sizes.
 *
 * @param model the architecture
 * @param lossKind the training loss, its L2 term aside
 * @param coefficient of ½·l2·‖w‖² in it, over weights and not biases, at least 0
 */
public record PresetBlueprint(Model model, Loss lossKind, double coefficient) implements Blueprint {
  @Override
  public Network over(InputShape input, int classes) {
    Architecture architecture = Dl4jConfiguration.of(model, input, classes, lossKind, coefficient);
    LossRule rule =
        switch (lossKind) {
          case MSE -> new SquaredError(1);
          case CROSS_ENTROPY -> new CrossEntropy();
        };
    return new Network(this, architecture, rule, input, classes);
  }

  @Override
  public long parameters(InputShape input, int classes) {
    return model.parameters(input, classes);
  }

  @Override
  public boolean couplesExamples() {
    return model.couplesExamples();
  }

  @Override
  public String description() {
    return model.description();
  }

  @Override
  public String loss() {
    return word(lossKind);
  }

  @Override
  public String l2() {
    return String.valueOf(coefficient);
  }

  @Override
  public Blueprint withoutWeights() {
    return this;
  }

  @Override
  public MatrixSource start(Network network, long seed) {
    return network.drawn(seed);
  }

  @Override
  public double[] draw(Network network, RandomGenerator random) {
    return Initializers.draw(model, network.graph(), network.architecture(), random);
  }
}
