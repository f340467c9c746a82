/**
 * An NVIDIA card as a device: matrices in its memory, kernels compiled for it where it is, and
 * cuBLAS.
 *
 * <p>Knows the C interfaces of CUDA's driver, of NVRTC and of cuBLAS, where their libraries may
 * lie, which of them fit each other, and in which order a card works off what it is asked.
 *
 * <p>Must not know what the numbers mean, who asked for the card, nor Spark: no networks.
 */
package org.eigensweep.array.cuda;
