package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_forward_desc_init;

import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.dnnl_softmax_desc_t;

/** What makes numbers of numbers. */
final class Mapping implements Kernel {
  private final Operation operation;

  private Mapping(Operation operation) {
    this.operation = operation;
  }

  static Mapping of(OneDnn dnn, Function f, long count) {
    dnnl_eltwise_desc_t eltwise = new dnnl_eltwise_desc_t();
    Status.check(
        dnnl_eltwise_forward_desc_init(
            eltwise, dnnl_forward_inference, f.algorithm(), Layouts.matrix(1, count), f.alpha(), 0),
        f.toString());
    Description description = Description.of(dnn, f.toString(), eltwise, Blend.REPLACE, null);
    return new Mapping(new Operation(dnn, description, DNNL_ARG_SRC, DNNL_ARG_DST));
  }

  /** Softmax of each column. */
  static Mapping softmax(OneDnn dnn, long rows, long columns) {
    dnnl_softmax_desc_t softmax = new dnnl_softmax_desc_t();
    Status.check(
        dnnl_softmax_forward_desc_init(
            softmax, dnnl_forward_inference, Layouts.matrix(columns, rows), 1),
        "a softmax");
    Description description = Description.of(dnn, "a softmax", softmax, Blend.REPLACE, null);
    return new Mapping(new Operation(dnn, description, DNNL_ARG_SRC, DNNL_ARG_DST));
  }

  void compute(long in, long out) {
    operation.execute(in, out);
  }

  @Override
  public void close() {
    operation.close();
  }
}
