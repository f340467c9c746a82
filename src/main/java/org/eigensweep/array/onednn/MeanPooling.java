package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_backward_desc_init;

import org.bytedeco.dnnl.dnnl_pooling_desc_t;

/** The mean of each window, or its adjoint. */
final class MeanPooling implements Kernel {
  private final Operation pool;
  private final Output output;

  private MeanPooling(Operation pool, Output output) {
    this.pool = pool;
    this.output = output;
  }

  static MeanPooling forward(OneDnn dnn, PoolingKey key) {
    Description description = describe(dnn, key);
    return new MeanPooling(
        new Operation(dnn, description, DNNL_ARG_SRC, DNNL_ARG_DST),
        Output.whole(dnn, description.layout(DNNL_ARG_DST), key.onto()));
  }

  static MeanPooling back(OneDnn dnn, PoolingKey key) {
    Geometry scan = key.scan();
    dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
    Status.check(
        dnnl_pooling_backward_desc_init(
            operation,
            dnnl_pooling_avg_exclude_padding,
            Layouts.images(scan, key.images()),
            Layouts.positions(scan, key.images(), scan.channels()),
            scan.steps(),
            scan.extents(),
            scan.before(),
            scan.after()),
        key.toString());
    Description description =
        Description.of(dnn, key.toString(), operation, Blend.REPLACE, describe(dnn, key));
    return new MeanPooling(
        new Operation(dnn, description, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC),
        Output.images(
            dnn, key.scan(), key.images(), description.layout(DNNL_ARG_DIFF_SRC), key.onto()));
  }

  private static Description describe(OneDnn dnn, PoolingKey key) {
    return MaxPooling.describe(dnn, key, dnnl_forward_inference, dnnl_pooling_avg_exclude_padding);
  }

  void compute(long from, long to) {
    output.write(to, address -> pool.execute(from, address));
  }

  @Override
  public void close() {
    pool.close();
    output.close();
  }
}
