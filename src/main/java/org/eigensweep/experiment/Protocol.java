package org.eigensweep.experiment;

import java.io.Serializable;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Dataset;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Model;
import org.eigensweep.training.OptimizerKind;

/**
 * What all trials of a sweep have in common.
 *
 * @param model the architecture
 * @param loss the training loss, its L2 term aside
 * @param l2 coefficient of ½·l2·‖w‖² in it, over weights and not biases
 * @param precision format of all arithmetic
 * @param passes how the examples pass through the network
 * @param optimizer the base optimiser
 * @param warmUp what comes before each trunk
 * @param batches examples of each step; in the warm-up, of each step of a worker
 * @param steps updates a trial makes in all, trunk included
 * @param switchRule when the trunk ends
 * @param eigenspace leading pairs followed along a trajectory, and how exactly
 * @param error mean error of χ = ‖Pv‖/‖v‖ that is allowed where a vector v is projected
 * @param measureEvery steps between two rows of the tables
 */
public record Protocol(
    Model model,
    Loss loss,
    double l2,
    Precision precision,
    PassSettings passes,
    OptimizerKind optimizer,
    WarmUp warmUp,
    Batches batches,
    int steps,
    SwitchRule switchRule,
    SolverSettings eigenspace,
    double error,
    int measureEvery)
    implements Serializable {
  /** The model for data of this kind. */
  public Network network(Dataset data) {
    return Network.of(model, data.shape(), data.classes(), loss, l2);
  }
}
