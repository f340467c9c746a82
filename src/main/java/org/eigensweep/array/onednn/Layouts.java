package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_strides;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;
import static org.bytedeco.dnnl.global.dnnl.dnnl_oihw;

import org.bytedeco.dnnl.dnnl_memory_desc_t;

/**
 * How numbers lie in memory, in oneDNN's words. What is returned belongs to the scope that is open.
 */
final class Layouts {
  private Layouts() {}

  /** What a window scans: so many images, without the ends that it leaves out. */
  static dnnl_memory_desc_t images(Geometry scan, int images) {
    long[] extents = {images, scan.channels(), scan.shownHeight(), scan.shownWidth()};
    long row = (long) scan.width() * scan.channels();
    return strided(extents, scan.height() * row, 1, row, scan.channels());
  }

  /** A value for each position and each of so many channels. */
  static dnnl_memory_desc_t positions(Geometry scan, int images, int channels) {
    long[] extents = {images, channels, scan.positionsDown(), scan.positionsAcross()};
    return tagged(extents, dnnl_nhwc);
  }

  /** Weights as they are given: output, input, row, column, the last fastest. */
  static dnnl_memory_desc_t weights(Geometry scan, int outputs) {
    return tagged(weightExtents(scan, outputs), dnnl_oihw);
  }

  /** Weights in the order that a primitive likes best. */
  static dnnl_memory_desc_t anyWeights(Geometry scan, int outputs) {
    return tagged(weightExtents(scan, outputs), dnnl_format_tag_any);
  }

  private static long[] weightExtents(Geometry scan, int outputs) {
    return new long[] {outputs, scan.channels(), scan.rows(), scan.columns()};
  }

  private static dnnl_memory_desc_t tagged(long[] extents, int tag) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    Status.check(
        dnnl_memory_desc_init_by_tag(layout, extents.length, extents, dnnl_f32, tag), "a layout");
    return layout;
  }

  /** A dense matrix: so many lines of numbers that lie side by side. */
  static dnnl_memory_desc_t matrix(long lines, long length) {
    return strided(new long[] {lines, length}, length, 1);
  }

  /** Numbers of some extents, with the step of each. */
  static dnnl_memory_desc_t strided(long[] extents, long... strides) {
    dnnl_memory_desc_t layout = new dnnl_memory_desc_t();
    Status.check(
        dnnl_memory_desc_init_by_strides(layout, extents.length, extents, dnnl_f32, strides),
        "a layout");
    return layout;
  }
}
