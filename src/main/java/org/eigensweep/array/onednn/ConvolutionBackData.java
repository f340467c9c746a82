package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;

/** Puts the weights in the order that the convolution's adjoint likes, and applies it. */
final class ConvolutionBackData implements Kernel {
  private final OneDnn dnn;
  private final Operation order;
  private final Operation convolve;
  private final Output output;
  private final long weightBytes;

  ConvolutionBackData(OneDnn dnn, ConvolutionKey key) {
    this.dnn = dnn;
    Description description = describe(dnn, key);
    convolve =
        new Operation(dnn, description, DNNL_ARG_DIFF_DST, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_SRC);
    order = ConvolutionForward.ordering(dnn, key, description);
    weightBytes = dnnl_memory_desc_get_size(description.layout(DNNL_ARG_WEIGHTS));
    dnnl_memory_desc_t images = description.layout(DNNL_ARG_DIFF_SRC);
    output = Output.images(dnn, key.scan(), key.images(), images, key.onto());
  }

  private static Description describe(OneDnn dnn, ConvolutionKey key) {
    Geometry scan = key.scan();
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    Status.check(
        dnnl_convolution_backward_data_desc_init(
            operation,
            dnnl_convolution_direct,
            Layouts.images(scan, key.images()),
            Layouts.anyWeights(scan, key.outputs()),
            Layouts.positions(scan, key.images(), key.outputs()),
            scan.steps(),
            scan.before(),
            scan.after()),
        key.toString());
    Description forward = ConvolutionForward.describe(dnn, key);
    return Description.of(dnn, key.toString(), operation, Blend.REPLACE, forward);
  }

  void compute(long upstream, long weights, long images) {
    long ordered = dnn.weights(weightBytes);
    order.execute(weights, ordered);
    output.write(images, address -> convolve.execute(upstream, ordered, address));
  }

  @Override
  public void close() {
    order.close();
    convolve.close();
    output.close();
  }
}
