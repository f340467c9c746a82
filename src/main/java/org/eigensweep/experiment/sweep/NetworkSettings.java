package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Blueprint;
import org.eigensweep.network.Network;
import org.eigensweep.network.PresetBlueprint;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Model;

/**
 * A network and its loss, for any data of its kind.
 *
 * @param blueprint the architecture, its training loss and its start
 * @param precision format of all arithmetic
 * @param passes how the examples pass through the network
 */
public record NetworkSettings(Blueprint blueprint, Precision precision, PassSettings passes)
    implements Serializable {
  /**
   * A preset.
   *
   * @param l2 coefficient of ½·l2·‖w‖² in the loss, over weights and not biases
   */
  public NetworkSettings(
      Model model, Loss loss, double l2, Precision precision, PassSettings passes) {
    this(new PresetBlueprint(model, loss, l2), precision, passes);
  }

  /** The network over these examples. */
  public Network over(Dataset data) {
    return blueprint.over(data.shape(), data.classes());
  }

  /** The same with another limit of what passes keep, in bytes. */
  NetworkSettings keeping(long bytes) {
    return new NetworkSettings(blueprint, precision, passes.keeping(bytes));
  }

  /** The same for those who are told where the parameters are. */
  public NetworkSettings withoutWeights() {
    return new NetworkSettings(blueprint.withoutWeights(), precision, passes);
  }
}
