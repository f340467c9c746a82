package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_exec_arg_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.Pointer;

/** What a primitive computes, in which layouts and how. It belongs to the scope that is open. */
final class Description extends dnnl_primitive_desc {
  private interface Making {
    int into(dnnl_primitive_desc made, dnnl_primitive_attr attributes);
  }

  private Description(String what, Blend blend, Making making) {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    Status.check(dnnl_primitive_attr_create(attributes), "attributes");
    try {
      // the library's own scratchpads belong to the thread that made the primitive
      dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user);
      if (!blend.equals(Blend.REPLACE)) {
        blend(attributes, blend);
      }
      Status.check(making.into(this, attributes), what);
    } finally {
      dnnl_primitive_attr_destroy(attributes);
    }
    dnnl_primitive_desc made = new dnnl_primitive_desc(this);
    deallocator(() -> dnnl_primitive_desc_destroy(made));
  }

  /**
   * The first implementation that oneDNN offers.
   *
   * @param dnn the thread's oneDNN
   * @param what names it in a refusal
   * @param operation a descriptor of oneDNN's
   * @param blend how the result meets the output's old values
   * @param forward for a backward primitive, the forward one; else null
   */
  static Description of(
      OneDnn dnn, String what, Pointer operation, Blend blend, Description forward) {
    return new Description(
        what,
        blend,
        (made, attributes) ->
            dnnl_primitive_desc_create(
                made, new const_dnnl_op_desc_t(operation), attributes, dnn.engine(), forward));
  }

  /** A change of layout. */
  static Description reorder(
      OneDnn dnn, dnnl_memory_desc_t from, dnnl_memory_desc_t to, Blend blend) {
    return new Description(
        "a reorder",
        blend,
        (made, attributes) ->
            dnnl_reorder_primitive_desc_create(
                made, from, dnn.engine(), to, dnn.engine(), attributes));
  }

  /** The layout of an operand; it lives as long as this. */
  dnnl_memory_desc_t layout(int operand) {
    return dnnl_primitive_desc_query_md(this, dnnl_query_exec_arg_md, operand);
  }

  private static void blend(dnnl_primitive_attr attributes, Blend blend) {
    dnnl_post_ops after = new dnnl_post_ops();
    Status.check(dnnl_post_ops_create(after), "post-operations");
    try {
      if (blend.alpha() != 1) {
        int linear = dnnl_eltwise_linear;
        Status.check(dnnl_post_ops_append_eltwise(after, 1, linear, blend.alpha(), 0), "a factor");
      }
      if (blend.beta() != 0) {
        Status.check(dnnl_post_ops_append_sum(after, blend.beta()), "a sum");
      }
      Status.check(dnnl_primitive_attr_set_post_ops(attributes, after), "post-operations");
    } finally {
      dnnl_post_ops_destroy(after);
    }
  }
}
