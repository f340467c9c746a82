package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_u8;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;

/**
 * The largest value of each window. oneDNN takes the first of equals, but passes over NaN and −∞:
 * images with a finite sum hold neither, all others are left to a loop.
 */
final class MaxPooling implements Kernel {
  private final OneDnn dnn;
  private final Operation pool;
  private final Optional<Sums> sums;
  private final PoolingChoices choices;
  private final PoolingLoop loop;

  MaxPooling(OneDnn dnn, PoolingKey key) {
    this.dnn = dnn;
    Description description = describe(dnn, key, dnnl_forward_training, dnnl_pooling_max);
    pool = new Operation(dnn, description, DNNL_ARG_SRC, DNNL_ARG_DST, DNNL_ARG_WORKSPACE);
    Geometry scan = key.scan();
    boolean countsInBytes = description.layout(DNNL_ARG_WORKSPACE).data_type() == dnnl_u8;
    long rows = (long) key.images() * scan.height();
    long columns = (long) scan.width() * scan.channels();
    sums =
        countsInBytes && columns > 1 // oneDNN refuses to sum single numbers
            ? Optional.of(new Sums(dnn, rows, columns))
            : Optional.empty();
    choices = new PoolingChoices(scan, key.images());
    loop = new PoolingLoop(scan, key.images());
  }

  static Description describe(OneDnn dnn, PoolingKey key, int propagation, int algorithm) {
    Geometry scan = key.scan();
    dnnl_memory_desc_t pooled = Layouts.positions(scan, key.images(), scan.channels());
    dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t();
    Status.check(
        dnnl_pooling_forward_desc_init(
            operation,
            propagation,
            algorithm,
            Layouts.images(scan, key.images()),
            pooled,
            scan.steps(),
            scan.extents(),
            scan.before(),
            scan.after()),
        key.toString());
    return Description.of(dnn, key.toString(), operation, Blend.REPLACE, null);
  }

  void compute(long images, long largest, long places) {
    if (sums.isPresent() && sums.get().areFinite(images)) {
      long chosen = dnn.result(choices.bytes());
      pool.execute(images, largest, chosen);
      choices.writePlaces(chosen, places);
    } else {
      loop.compute(images, largest, places);
    }
  }

  @Override
  public void close() {
    pool.close();
    sums.ifPresent(Sums::close);
  }
}
