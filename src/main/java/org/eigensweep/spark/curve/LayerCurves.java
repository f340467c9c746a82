package org.eigensweep.spark.curve;

import java.util.List;

/**
 * Curves of layers' own blocks of the Hessian.
 *
 * @param names the layers of all trials, in the network's order; empty where no trial has any
 * @param curves of {@link #QUANTITIES}; the pair of each is the layer's place in the names, from 1
 */
public record LayerCurves(List<String> names, CurveSet curves) {
  /** The leading eigenvalue of the block, and the block's part in the sum of all layers' traces. */
  public static final List<String> QUANTITIES = List.of("eigenvalue", "trace_share");

  public LayerCurves {
    names = List.copyOf(names);
  }

  /** Of trials none of which has measured its layers. */
  public static LayerCurves none() {
    return new LayerCurves(List.of(), new CurveSet(new Grid(0, 1), new int[] {-1}, 0, List.of()));
  }
}
