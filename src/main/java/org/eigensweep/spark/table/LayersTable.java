package org.eigensweep.spark.table;

import static org.eigensweep.network.preset.Word.word;

import java.util.List;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.sweep.TrialIdentity;

/**
 * The table {@code layers}: at each point where the whole spectrum was measured, a row for the
 * whole Hessian, and one for each layer's block where these were asked for.
 */
public final class LayersTable {
  /** The layer's name in the row of the whole Hessian. */
  public static final String WHOLE = Block.ALL;

  /** A block at a point. */
  record Layer(TrialIdentity trial, int step, LayerSpectrum block) {}

  public static final Table<Layer> TABLE =
      new Table<>(
          "layers",
          Table.columns(
              IdentityColumns.of(Layer::trial),
              Column.integer("step", "updates made before this point", Layer::step),
              Column.text("layer", "DL4J's name, or all for the whole", l -> l.block().name()),
              Column.integer("parameters", "of the layer", l -> l.block().parameters()),
              Column.real(
                  "eigenvalue", "the leading one of its block", l -> l.block().eigenvalue()),
              Column.real(
                  "residual",
                  "measured norm of Hu - lambda u, relative to the largest eigenvalue in magnitude",
                  l -> l.block().residual()),
              Column.integer("products", "that it took", l -> l.block().products()),
              Column.text("stop", "why the eigensolver stopped", l -> word(l.block().stop())),
              Column.real("trace", "of its block, by Hutch++", l -> l.block().trace().value()),
              Column.real("trace_error", "standard error", l -> l.block().trace().standardError()),
              Column.integer("trace_products", "that it took", l -> l.block().trace().products()),
              Column.real(
                  "gradient_norm",
                  "norm of the gradient's part in the layer",
                  l -> l.block().gradientNorm()),
              Column.real(
                  "chi_gradient",
                  "magnitude of the cosine between that part and the block's leading eigenvector",
                  l -> l.block().alignment())));

  private LayersTable() {}

  /** The rows of points of a trial. */
  public static List<Layer> rows(TrialIdentity trial, List<Measurement> points) {
    return points.stream()
        .flatMap(
            at -> at.spectrum().blocks().stream().map(block -> new Layer(trial, at.step(), block)))
        .toList();
  }
}
