package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_exp;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_sqrt;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;

/**
 * Functions of one number that oneDNN evaluates, to 5 roundings of their size or of 1, whichever is
 * more. Its maximum and its clipping, which turn NaN into a number, are not among them.
 */
public enum Function {
  /** Hyperbolic tangent. */
  TANH(dnnl_eltwise_tanh, 0),
  /** 1/(1 + e⁻ˣ). */
  LOGISTIC(dnnl_eltwise_logistic, 0),
  /** eˣ; of a NaN, ∞. */
  EXP(dnnl_eltwise_exp, 0),
  /** √x. */
  SQRT(dnnl_eltwise_sqrt, 0),
  /** x above 0, eˣ − 1 elsewhere. */
  ELU(dnnl_eltwise_elu, 1);

  private final int algorithm;
  private final float alpha;

  Function(int algorithm, float alpha) {
    this.algorithm = algorithm;
    this.alpha = alpha;
  }

  /** oneDNN's number of the function. */
  int algorithm() {
    return algorithm;
  }

  /** oneDNN's parameter of it. */
  float alpha() {
    return alpha;
  }
}
