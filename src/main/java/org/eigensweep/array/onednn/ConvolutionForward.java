package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;

/** Puts the weights in the order that the convolution likes, and convolves. */
final class ConvolutionForward implements Kernel {
  private final OneDnn dnn;
  private final Operation order;
  private final Operation convolve;
  private final long weightBytes;

  ConvolutionForward(OneDnn dnn, ConvolutionKey key) {
    this.dnn = dnn;
    Description description = describe(dnn, key);
    convolve = new Operation(dnn, description, DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST);
    order = ordering(dnn, key, description);
    weightBytes = dnnl_memory_desc_get_size(description.layout(DNNL_ARG_WEIGHTS));
  }

  static Description describe(OneDnn dnn, ConvolutionKey key) {
    Geometry scan = key.scan();
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    Status.check(
        dnnl_convolution_forward_desc_init(
            operation,
            dnnl_forward_training,
            dnnl_convolution_direct,
            Layouts.images(scan, key.images()),
            Layouts.anyWeights(scan, key.outputs()),
            null,
            Layouts.positions(scan, key.images(), key.outputs()),
            scan.steps(),
            scan.before(),
            scan.after()),
        key.toString());
    return Description.of(dnn, key.toString(), operation, key.onto().blend(), null);
  }

  /** From the order in which weights are given to what a convolution likes. */
  static Operation ordering(OneDnn dnn, ConvolutionKey key, Description convolution) {
    Description description =
        Description.reorder(
            dnn,
            Layouts.weights(key.scan(), key.outputs()),
            convolution.layout(DNNL_ARG_WEIGHTS),
            Blend.REPLACE);
    return new Operation(dnn, description, DNNL_ARG_FROM, DNNL_ARG_TO);
  }

  void compute(long images, long weights, long out) {
    long ordered = dnn.weights(weightBytes);
    order.execute(weights, ordered);
    convolve.execute(images, ordered, out);
  }

  @Override
  public void close() {
    order.close();
    convolve.close();
  }
}
