/*
 * A block of a card's threads on one thread of a processor. The threads of a block take turns: each
 * runs until it ends or comes to a barrier, with a stack of its own from there on. After each
 * barrier, and in the next block, they run in the other direction, so that what needs a barrier and
 * has none shows. Shared memory holds no numbers when a block begins.
 */
#pragma once

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include <functional>
#include <vector>

#define __global__
#define __device__
#define __shared__ static __attribute__((section("shared_memory")))

struct Index {
  unsigned x, y, z;
};

static Index blockIdx, gridDim, threadIdx, blockDim;

extern char __start_shared_memory[], __stop_shared_memory[];

struct Fiber {
  ucontext_t start;
  jmp_buf place;
  std::vector<char> stack;
  bool begun, ended;
};

static std::vector<Fiber *> fibers;
static Fiber *running;
static jmp_buf scheduler;
static ucontext_t home;
static const std::function<void()> *body;

/* Threads begin by way of a context and go on by jumps, which cost no system call. */
static void fiber_main() {
  Fiber *me = running;
  if (!_setjmp(me->place)) {
    swapcontext(&me->start, &home);
  }
  for (;;) {
    (*body)();
    me->ended = true;
    if (!_setjmp(me->place)) {
      _longjmp(scheduler, 1);
    }
  }
}

static Fiber *fiber(unsigned index) {
  while (fibers.size() <= index) {
    Fiber *made = new Fiber();
    made->stack.resize(64 << 10);
    getcontext(&made->start);
    made->start.uc_stack.ss_sp = made->stack.data();
    made->start.uc_stack.ss_size = made->stack.size();
    made->start.uc_link = 0;
    makecontext(&made->start, fiber_main, 0);
    running = made;
    swapcontext(&home, &made->start);
    fibers.push_back(made);
  }
  return fibers[index];
}

static inline void __syncthreads() {
  if (!_setjmp(running->place)) {
    _longjmp(scheduler, 1);
  }
}

/* Lets a thread run to its end or its next barrier. */
static __attribute__((noinline)) void go_on(unsigned index) {
  running = fiber(index);
  threadIdx.x = index;
  if (!_setjmp(scheduler)) {
    _longjmp(running->place, 1);
  }
}

static void run_block(unsigned threads) {
  memset(__start_shared_memory, 0xff, __stop_shared_memory - __start_shared_memory);
  for (unsigned i = 0; i < threads; i++) {
    fiber(i)->ended = false;
  }
  bool forwards = blockIdx.x % 2 == 0;
  for (unsigned left = threads; left > 0;) {
    unsigned ended = 0;
    for (unsigned i = 0; i < threads; i++) {
      unsigned index = forwards ? i : threads - 1 - i;
      go_on(index);
      ended += fibers[index]->ended;
    }
    if (ended != 0 && ended != threads) {
      fprintf(stderr, "%u of %u threads of a block missed a barrier\n", threads - ended, threads);
      abort();
    }
    left -= ended;
    forwards = !forwards;
  }
}

static void run_grid(unsigned blocks, unsigned threads, const std::function<void()> &thread) {
  body = &thread;
  gridDim = {blocks, 1, 1};
  blockDim = {threads, 1, 1};
  for (unsigned b = 0; b < blocks; b++) {
    blockIdx = {b, 0, 0};
    run_block(threads);
  }
}
