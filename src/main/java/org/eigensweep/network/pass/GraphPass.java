package org.eigensweep.network.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.layer.LayerPass;
import org.eigensweep.network.layer.LayerTangent;
import org.eigensweep.network.layer.TangentBlock;

/**
 * A graph of layers passed forward over one batch, and the derivatives that start from there.
 *
 * <p>If several nodes use an output, its gradient is the sum of the gradients that they return.
 * Activations are stored example after example, so each layer can view them as columns of its own
 * height.
 */
public final class GraphPass {
  private final LayerGraph graph;
  private final Scope scope;
  private final int examples;
  private final List<LayerPass> passes = new ArrayList<>();
  private final List<Integer> inputRows = new ArrayList<>();

  GraphPass(LayerGraph graph, Matrix theta, Batch batch, Scope scope) {
    this.graph = graph;
    this.scope = scope;
    this.examples = batch.examples();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Matrix input = sum(i, s -> s == LayerGraph.DATA ? batch.inputs() : outputOf(s), scope);
      Layer layer = layer(i);
      inputRows.add(layer.rows(Math.toIntExact(input.size() / examples)));
      Matrix seen = withRows(input, inputRows.get(i));
      passes.add(layer.forward(graph.slice(theta, i), seen, batch.mask(), scope));
    }
  }

  private Layer layer(int node) {
    return graph.nodes().get(node).layer();
  }

  private Matrix outputOf(int node) {
    return passes.get(node).output();
  }

  private int last() {
    return graph.nodes().size() - 1;
  }

  /** One column an example. */
  public Matrix output() {
    Matrix output = outputOf(last());
    return withRows(output, Math.toIntExact(output.size() / examples));
  }

  /**
   * Adds the parameters' gradient to a sum.
   *
   * @param outputGradient gradient by the output
   * @param gradient n × 1, accumulated
   */
  void backward(Matrix outputGradient, Matrix gradient) {
    walkBack(
        outputGradient,
        scope,
        (node, upstream) -> passes.get(node).backward(upstream, graph.slice(gradient, node)),
        (node, upstream) -> passes.get(node).inputGradient());
  }

  /**
   * Adds the products of the summed loss's Hessian, after {@link #backward}.
   *
   * @param block n × m tangents
   * @param loss the loss at this pass's output
   * @param products n × m, accumulated
   * @param temporary owner of temporaries
   */
  void addHessianProducts(Matrix block, LossRule.LossPass loss, Matrix products, Scope temporary) {
    List<LayerTangent> tangents = tangents(block, temporary);
    walkBack(
        loss.gradientTangents(outputTangents(tangents, block.columns()), temporary),
        temporary,
        (node, upstream) -> tangents.get(node).backward(upstream, part(products, node)),
        (node, upstream) -> tangents.get(node).inputGradientTangents());
  }

  /**
   * Adds the products of JᵀAJ summed over examples, with the outputs' Jacobian J and the loss's own
   * Hessian A, after {@link #backward}.
   *
   * @param block n × m tangents
   * @param loss the loss at this pass's output
   * @param products n × m, accumulated
   * @param temporary owner of temporaries
   */
  void addGaussNewtonProducts(
      Matrix block, LossRule.LossPass loss, Matrix products, Scope temporary) {
    List<LayerTangent> tangents = tangents(block, temporary);
    walkBack(
        loss.gradientTangents(outputTangents(tangents, block.columns()), temporary),
        temporary,
        (node, upstream) -> passes.get(node).addParameterCotangents(upstream, part(products, node)),
        (node, upstream) -> passes.get(node).inputCotangents(upstream, temporary));
  }

  private TangentBlock part(Matrix block, int node) {
    return new TangentBlock(block, graph.offset(node));
  }

  private Matrix outputTangents(List<LayerTangent> tangents, int count) {
    Matrix output = tangents.get(last()).output();
    return withRows(output, Math.toIntExact(output.size() / examples / count));
  }

  /** The forward pass of parameter tangents; null at nodes that do not depend on the parameters. */
  private List<LayerTangent> tangents(Matrix block, Scope temporary) {
    List<LayerTangent> tangents = new ArrayList<>();
    for (int i = 0; i <= last(); i++) {
      Matrix input = sum(i, s -> graph.moves(s) ? tangents.get(s).output() : null, temporary);
      tangents.add(
          graph.moves(i)
              ? passes.get(i).tangent(part(block, i), withRows(input, inputRows.get(i)), temporary)
              : null);
    }
    return tangents;
  }

  /** Computes a node's backward pass from the gradient that arrives at its output. */
  private interface Arrival {
    void accept(int node, Matrix upstream);
  }

  /** Adds what a node returns to the gradients of its sources. */
  private interface Departure {
    Matrix of(int node, Matrix upstream);
  }

  /** Runs backward through all nodes that depend on the parameters. */
  private void walkBack(Matrix fromLoss, Scope owner, Arrival arrival, Departure departure) {
    Matrix[] upstream = new Matrix[graph.nodes().size()];
    upstream[last()] = fromLoss;
    for (int i = last(); i >= 0; i--) {
      if (graph.moves(i)) {
        Matrix mine = withRows(upstream[i], outputOf(i).rows());
        arrival.accept(i, mine);
        if (graph.inputMoves(i)) {
          Matrix sent = departure.of(i, mine);
          for (int source : graph.nodes().get(i).sources()) {
            if (graph.moves(source)) {
              upstream[source] = sum(upstream[source], sent, owner);
            }
          }
        }
      }
    }
  }

  /** The input of a node, the sum over its sources; null if all of them are null. */
  private Matrix sum(int node, IntFunction<Matrix> outputs, Scope owner) {
    Matrix sum = null;
    for (int source : graph.nodes().get(node).sources()) {
      sum = sum(sum, outputs.apply(source), owner);
    }
    return sum;
  }

  /** x + y, where null is zero. The operands are not changed, because other nodes use them too. */
  private static Matrix sum(Matrix x, Matrix y, Scope owner) {
    if (x == null || y == null) {
      return x == null ? y : x;
    }
    Matrix sum = owner.matrix(x.rows(), x.columns());
    x.device().copy(x, sum);
    x.device().axpy(1, withRows(y, x.rows()), sum);
    return sum;
  }

  /** A view of the same numbers as columns of another height; null for null. */
  private static Matrix withRows(Matrix matrix, int rows) {
    return matrix == null || matrix.rows() == rows
        ? matrix
        : matrix.view(0, rows, Math.toIntExact(matrix.size() / rows));
  }
}
