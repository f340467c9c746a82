package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;

/**
 * A primitive of oneDNN with the memory objects of its operands: made once, executed with new
 * addresses each time. It owns the objects, not what lies at the addresses.
 */
final class Operation implements AutoCloseable {
  private final OneDnn dnn;
  private final dnnl_primitive primitive = new dnnl_primitive();
  private final dnnl_memory[] memories;
  private final long[] addresses;
  private final dnnl_exec_arg_t arguments;
  private final long scratchBytes;
  private final RawAddress pointer = new RawAddress();

  /**
   * Makes the primitive that a description names.
   *
   * @param dnn the thread's oneDNN
   * @param description what to make
   * @param operands oneDNN's numbers of the operands, in the order of {@link #execute}'s addresses
   */
  Operation(OneDnn dnn, Description description, int... operands) {
    this.dnn = dnn;
    Status.check(dnnl_primitive_create(primitive, description), "a primitive");
    scratchBytes = dnnl_memory_desc_get_size(description.layout(DNNL_ARG_SCRATCHPAD));
    int count = operands.length + (scratchBytes > 0 ? 1 : 0);
    memories = new dnnl_memory[count];
    addresses = new long[count];
    arguments = new dnnl_exec_arg_t(count);
    arguments.retainReference(); // outlives the scope of what describes it
    for (int i = 0; i < count; i++) {
      int operand = i < operands.length ? operands[i] : DNNL_ARG_SCRATCHPAD;
      memories[i] = new dnnl_memory();
      Status.check(
          dnnl_memory_create(memories[i], description.layout(operand), dnn.engine(), null),
          "a memory object");
      arguments.position(i).arg(operand).memory(memories[i]);
    }
    arguments.position(0);
  }

  /** Computes, with the operands at these addresses. */
  void execute(long... operands) {
    for (int i = 0; i < operands.length; i++) {
      point(i, operands[i]);
    }
    if (scratchBytes > 0) {
      point(operands.length, dnn.scratch(scratchBytes));
    }
    int status = dnnl_primitive_execute(primitive, dnn.stream(), memories.length, arguments);
    Status.check(status, "to compute");
  }

  private void point(int operand, long address) {
    if (addresses[operand] != address) {
      Status.check(
          dnnl_memory_set_data_handle(memories[operand], pointer.at(address)), "an address");
      addresses[operand] = address;
    }
  }

  @Override
  public void close() {
    dnnl_primitive_destroy(primitive);
    for (dnnl_memory memory : memories) {
      dnnl_memory_destroy(memory);
    }
    arguments.deallocate();
  }
}
