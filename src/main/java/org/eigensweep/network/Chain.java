package org.eigensweep.network;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Layers one after another, the first of which has parameters.
 *
 * @param layers input side first
 */
record Chain(List<Layer> layers) {
  Chain {
    layers = List.copyOf(layers);
  }

  int parameters() {
    return layers.stream().mapToInt(Layer::parameters).sum();
  }

  /** Values of an example that a forward pass keeps: the outputs of all layers. */
  long activations(int features) {
    long sum = 0;
    int values = features;
    for (Layer layer : layers) {
      values = layer.outputs(values);
      sum += values;
    }
    return sum;
  }

  /** The outputs alone, without anything that derivatives need. */
  Pass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(theta, input, scope);
  }

  /** A forward pass over one batch, and the derivatives that start from it. */
  final class Pass {
    private final List<LayerPass> passes = new ArrayList<>();
    private final int[] offsets = new int[layers.size()];

    private Pass(Matrix theta, Matrix input, Scope scope) {
      int offset = 0;
      Matrix activation = input;
      for (int l = 0; l < layers.size(); l++) {
        Layer layer = layers.get(l);
        offsets[l] = offset;
        passes.add(layer.forward(slice(theta, l), activation, scope));
        activation = passes.get(l).output();
        offset += layer.parameters();
      }
    }

    private Matrix slice(Matrix vector, int l) {
      int count = layers.get(l).parameters();
      return count == 0 ? null : vector.view(offsets[l], count, 1);
    }

    Matrix output() {
      return passes.get(passes.size() - 1).output();
    }

    /**
     * Adds the parameters' gradient to a sum.
     *
     * @param outputGradient gradient by the output
     * @param gradient n × 1, accumulated
     */
    void backward(Matrix outputGradient, Matrix gradient) {
      Matrix upstream = outputGradient;
      for (int l = layers.size() - 1; l >= 0; l--) {
        passes.get(l).backward(upstream, slice(gradient, l));
        if (l > 0) {
          upstream = passes.get(l).inputGradient();
        }
      }
    }

    /**
     * Adds the products of the summed loss's Hessian, after {@link #backward}.
     *
     * @param block n × m tangents
     * @param loss the loss at this pass's output
     * @param products n × m, accumulated
     * @param scope owner of temporaries
     */
    void addHessianProducts(Matrix block, LossRule.LossPass loss, Matrix products, Scope scope) {
      List<LayerTangent> tangents = tangents(block, scope);
      Matrix upstream = loss.gradientTangents(last(tangents).output(), scope);
      for (int l = layers.size() - 1; l >= 0; l--) {
        tangents.get(l).backward(upstream, new TangentBlock(products, offsets[l]));
        if (l > 0) {
          upstream = tangents.get(l).inputGradientTangents();
        }
      }
    }

    /**
     * Adds the products of JᵀAJ summed over examples, with the outputs' Jacobian J and the loss's
     * own Hessian A, after {@link #backward}.
     *
     * @param block n × m tangents
     * @param loss the loss at this pass's output
     * @param products n × m, accumulated
     * @param scope owner of temporaries
     */
    void addGaussNewtonProducts(
        Matrix block, LossRule.LossPass loss, Matrix products, Scope scope) {
      Matrix upstream = loss.gradientTangents(last(tangents(block, scope)).output(), scope);
      for (int l = layers.size() - 1; l >= 0; l--) {
        passes.get(l).addParameterCotangents(upstream, new TangentBlock(products, offsets[l]));
        if (l > 0) {
          upstream = passes.get(l).inputCotangents(upstream, scope);
        }
      }
    }

    /** The forward pass of tangents of the parameters, layer by layer. */
    private List<LayerTangent> tangents(Matrix block, Scope scope) {
      List<LayerTangent> tangents = new ArrayList<>();
      Matrix forward = null;
      for (int l = 0; l < layers.size(); l++) {
        tangents.add(passes.get(l).tangent(new TangentBlock(block, offsets[l]), forward, scope));
        forward = tangents.get(l).output();
      }
      return tangents;
    }

    private static LayerTangent last(List<LayerTangent> tangents) {
      return tangents.get(tangents.size() - 1);
    }
  }
}
