package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Model;

/**
 * A network and its loss, for any data of its kind.
 *
 * @param model the architecture
 * @param loss the training loss, its L2 term aside
 * @param l2 coefficient of ½·l2·‖w‖² in it, over weights and not biases
 * @param precision format of all arithmetic
 * @param passes how the examples pass through the network
 */
public record NetworkSettings(
    Model model, Loss loss, double l2, Precision precision, PassSettings passes)
    implements Serializable {
  /** The network over these examples. */
  public Network over(Dataset data) {
    return Network.of(model, data.shape(), data.classes(), loss, l2);
  }
}
