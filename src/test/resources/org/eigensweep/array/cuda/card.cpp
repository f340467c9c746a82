/*
 * A pretended card: the entry points of the driver, of NVRTC and of cuBLAS that are used, over the
 * kernels of a real card compiled for a processor. Work waits on its stream until somebody waits
 * for it, so that a copy that nobody waited for shows. New memory holds no numbers; what is written
 * beside an allocation is found when it is freed. Races between blocks, launch limits and a card's
 * own rounding it cannot show.
 */
#include <math.h>
#include <stdint.h>

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "block.h"

#define KERNEL(name) static void name

#define REAL float
namespace in_float {
#include "kernels.cu"
}
#undef REAL
#define REAL double
namespace in_double {
#include "kernels.cu"
}
#undef REAL

#define EXPORT extern "C" __attribute__((visibility("default")))

typedef uint64_t Address;
typedef std::function<void()> Work;

/* ---- what tests choose ---- */

static int capability = 80, driver_version = 13000, cards = 1, broken = 0;
static size_t memory = (size_t) 1 << 32;

EXPORT void fake_card(int count, int version, int capability_of_it, size_t bytes) {
  cards = count;
  driver_version = version;
  capability = capability_of_it;
  memory = bytes;
}

/* Makes the next programs fail to compile. */
EXPORT void fake_break(int yes) { broken = yes; }

/* How often somebody waited, and how often something was asked, since the last question. */
static int waits, asked;

EXPORT int fake_waits() { return std::exchange(waits, 0); }
EXPORT int fake_asked() { return std::exchange(asked, 0); }

/* ---- kernels by name ---- */

template <class... A, size_t... I>
static void call(void (*kernel)(A...), void **given, unsigned blocks, unsigned threads,
                 std::index_sequence<I...>) {
  std::tuple<A...> values(*(A *) given[I]...);
  run_grid(blocks, threads, [&] { kernel(std::get<I>(values)...); });
}

/* Parameters are copied when a kernel is launched, and used when it runs. */
struct Kernel {
  std::function<Work(void **, unsigned, unsigned)> launch;
};

template <class... A>
static Kernel *kernel(void (*function)(A...)) {
  return new Kernel{[function](void **given, unsigned blocks, unsigned threads) -> Work {
    std::vector<uint64_t> copies;
    for (size_t i = 0; i < sizeof...(A); i++) {
      copies.push_back(*(uint64_t *) given[i]);
    }
    return [function, copies, blocks, threads]() mutable {
      std::vector<void *> places;
      for (uint64_t &copy : copies) {
        places.push_back(&copy);
      }
      call(function, places.data(), blocks, threads, std::index_sequence_for<A...>());
    };
  }};
}

static std::map<std::string, Kernel *> kernels = {
#define NAME(name) {"float " #name, kernel(in_float::name)}, {"double " #name, kernel(in_double::name)},
#include "names.h"
};

/* ---- driver ---- */

static std::recursive_mutex lock;
static std::map<Address, size_t> held;
static size_t used;
static thread_local bool current;

struct Stream {
  std::deque<Work> waiting;
};

/* Bytes around each allocation; none where an address sanitizer watches. */
#ifndef GUARD
#define GUARD 256
#endif

static void finish(Stream *stream) {
  while (!stream->waiting.empty()) {
    Work work = stream->waiting.front();
    stream->waiting.pop_front();
    work();
  }
}

static void ask(Stream *stream, Work work) {
  asked++;
  stream->waiting.push_back(std::move(work));
}

static std::vector<Stream *> streams;

static void guard(char *start, size_t bytes, bool check) {
  for (char *side : {start - GUARD, start + bytes}) {
    for (size_t i = 0; i < GUARD; i++) {
      if (check && side[i] != 0x5a) {
        fprintf(stderr, "a kernel wrote beside an allocation of %zu bytes\n", bytes);
        abort();
      }
      side[i] = 0x5a;
    }
  }
}

#define LOCKED std::lock_guard<std::recursive_mutex> held_lock(lock)
#define NEED_CONTEXT \
  LOCKED;            \
  if (!current) return 201

EXPORT int cuInit(unsigned) { return cards == 0 ? 100 : 0; }
EXPORT int cuDriverGetVersion(int *version) { return *version = driver_version, 0; }
EXPORT int cuDeviceGetCount(int *count) { return *count = cards, 0; }
EXPORT int cuDeviceGet(int *device, int ordinal) { return *device = ordinal, 0; }
EXPORT int cuDeviceGetName(char *name, int length, int) {
  return snprintf(name, length, "pretended card"), 0;
}
EXPORT int cuDeviceGetAttribute(int *value, int attribute, int) {
  *value = attribute == 75 ? capability / 10 : attribute == 76 ? capability % 10 : 0;
  return 0;
}
EXPORT int cuDeviceTotalMem_v2(size_t *bytes, int) { return *bytes = memory, 0; }
EXPORT int cuDevicePrimaryCtxRetain(void **context, int) { return *context = &memory, 0; }
EXPORT int cuDevicePrimaryCtxRelease_v2(int) { return 0; }
EXPORT int cuCtxSetCurrent(void *context) { return current = context != 0, 0; }
EXPORT int cuGetErrorName(int code, const char **name) {
  *name = code == 2 ? "CUDA_ERROR_OUT_OF_MEMORY"
          : code == 100 ? "CUDA_ERROR_NO_DEVICE"
          : code == 201 ? "CUDA_ERROR_INVALID_CONTEXT" : "CUDA_ERROR_OF_A_TEST";
  return 0;
}

EXPORT int cuStreamCreate(Stream **stream, unsigned) {
  NEED_CONTEXT;
  streams.push_back(*stream = new Stream());
  return 0;
}
EXPORT int cuStreamSynchronize(Stream *stream) {
  NEED_CONTEXT;
  waits++;
  finish(stream);
  return 0;
}
EXPORT int cuStreamDestroy_v2(Stream *stream) {
  NEED_CONTEXT;
  finish(stream);
  return 0;
}

EXPORT int cuMemAlloc_v2(Address *address, size_t bytes) {
  NEED_CONTEXT;
  if (used + bytes > memory) return 2;
  char *start = (char *) malloc(bytes + 2 * GUARD) + GUARD;
  memset(start, 0xff, bytes);
  guard(start, bytes, false);
  held[*address = (Address) start] = bytes;
  used += bytes;
  return 0;
}
EXPORT int cuMemFree_v2(Address address) {
  NEED_CONTEXT;
  for (Stream *stream : streams) finish(stream);
  guard((char *) address, held.at(address), true);
  used -= held.at(address);
  held.erase(address);
  free((char *) address - GUARD);
  return 0;
}
EXPORT int cuMemGetInfo_v2(size_t *free_bytes, size_t *total) {
  NEED_CONTEXT;
  *free_bytes = memory - used;
  *total = memory;
  return 0;
}
EXPORT int cuMemHostAlloc(void **address, size_t bytes, unsigned) {
  NEED_CONTEXT;
  memset(*address = malloc(bytes), 0xff, bytes);
  return 0;
}
EXPORT int cuMemFreeHost(void *address) {
  NEED_CONTEXT;
  free(address);
  return 0;
}
static int copy(void *to, const void *from, size_t bytes, Stream *stream) {
  NEED_CONTEXT;
  ask(stream, [=] { memmove(to, from, bytes); });
  return 0;
}
EXPORT int cuMemcpyHtoDAsync_v2(Address to, const void *from, size_t bytes, Stream *stream) {
  return copy((void *) to, from, bytes, stream);
}
EXPORT int cuMemcpyDtoHAsync_v2(void *to, Address from, size_t bytes, Stream *stream) {
  return copy(to, (const void *) from, bytes, stream);
}
EXPORT int cuMemcpyDtoDAsync_v2(Address to, Address from, size_t bytes, Stream *stream) {
  return copy((void *) to, (const void *) from, bytes, stream);
}
EXPORT int cuMemsetD8Async(Address to, unsigned char value, size_t bytes, Stream *stream) {
  NEED_CONTEXT;
  ask(stream, [=] { memset((void *) to, value, bytes); });
  return 0;
}

/* A module is the precision that its program was compiled for, here or before it travelled. */
EXPORT int cuModuleLoadData(std::string **module, const char *image) {
  NEED_CONTEXT;
  const char *real = strstr(image, "-DREAL=");
  if (strncmp(image, "pretended ", 10) == 0) {
    *module = new std::string(image + 10);
  } else if (strstr(image, "\n.version 6.4\n.target sm_75\n") != 0 && real != 0) {
    *module = new std::string(real + 7, strcspn(real + 7, "\n"));
  } else {
    return 200;
  }
  return 0;
}
EXPORT int cuModuleUnload(std::string *module) { return delete module, 0; }
EXPORT int cuModuleGetFunction(Kernel **function, std::string *module, const char *name) {
  auto found = kernels.find(*module + " " + name);
  if (found == kernels.end()) return 500;
  return *function = found->second, 0;
}
EXPORT int cuLaunchKernel(Kernel *function, unsigned x, unsigned y, unsigned z, unsigned threads,
                          unsigned ty, unsigned tz, unsigned, Stream *stream, void **parameters,
                          void **) {
  NEED_CONTEXT;
  if (x == 0 || x > 2147483647u || y != 1 || z != 1 || ty != 1 || tz != 1 || threads != 256) {
    return 1;
  }
  ask(stream, function->launch(parameters, x, threads));
  return 0;
}

/* ---- NVRTC ---- */

struct Program {
  std::string cubin, log;
};

EXPORT int nvrtcVersion(int *major, int *minor) { return *major = 13, *minor = 0, 0; }
EXPORT int nvrtcCreateProgram(Program **program, const char *, const char *, int, void *, void *) {
  return *program = new Program(), 0;
}
EXPORT int nvrtcCompileProgram(Program *program, int count, const char **options) {
  if (broken) return program->log = "kernels.cu(1): error: of a test\n", 6;
  for (int i = 0; i < count; i++) {
    if (strncmp(options[i], "-DREAL=", 7) == 0) {
      program->cubin = std::string("pretended ") + (options[i] + 7);
    }
  }
  return 0;
}
EXPORT int nvrtcGetProgramLogSize(Program *p, size_t *size) { return *size = p->log.size() + 1, 0; }
EXPORT int nvrtcGetProgramLog(Program *p, char *log) { return strcpy(log, p->log.c_str()), 0; }
EXPORT int nvrtcGetCUBINSize(Program *p, size_t *size) { return *size = p->cubin.size() + 1, 0; }
EXPORT int nvrtcGetCUBIN(Program *p, char *cubin) { return strcpy(cubin, p->cubin.c_str()), 0; }
EXPORT int nvrtcDestroyProgram(Program **program) { return delete *program, 0; }
EXPORT const char *nvrtcGetErrorString(int) { return "NVRTC_ERROR_COMPILATION"; }

/* ---- cuBLAS ---- */

struct Blas {
  Stream *stream;
};

EXPORT int cublasCreate_v2(Blas **blas) {
  NEED_CONTEXT;
  return *blas = new Blas(), 0;
}
EXPORT int cublasDestroy_v2(Blas *blas) { return delete blas, 0; }
EXPORT int cublasSetStream_v2(Blas *blas, Stream *stream) { return blas->stream = stream, 0; }
EXPORT int cublasSetMathMode(Blas *, int mode) { return mode == 0 ? 0 : 7; }
EXPORT int cublasSetWorkspace_v2(Blas *, void *, size_t) { return 0; }

template <class T>
static void product(bool a, bool b, int m, int n, int k, T alpha, const T *x, int lda, const T *y,
                    int ldb, T beta, T *z, int ldc) {
  for (int j = 0; j < n; j++) {
    for (int i = 0; i < m; i++) {
      T sum = 0;
      for (int l = 0; l < k; l++) {
        sum += (a ? x[l + i * (size_t) lda] : x[i + l * (size_t) lda]) *
               (b ? y[j + l * (size_t) ldb] : y[l + j * (size_t) ldb]);
      }
      T *to = z + i + j * (size_t) ldc;
      *to = beta == 0 ? alpha * sum : alpha * sum + beta * *to;
    }
  }
}

static bool fits(bool a, bool b, int m, int n, int k, int lda, int ldb, int ldc) {
  return lda >= (a ? k : m) && ldb >= (b ? n : k) && ldc >= m && m > 0 && n > 0 && k > 0;
}

template <class T>
static int strided(Blas *blas, int a, int b, int m, int n, int k, const T *alpha, const T *x,
                   int lda, int64_t sx, const T *y, int ldb, int64_t sy, const T *beta, T *z,
                   int ldc, int64_t sz, int count) {
  NEED_CONTEXT;
  if (!fits(a, b, m, n, k, lda, ldb, ldc) || count < 1 || count > 65535) return 7;
  T by = *alpha, keep = *beta;
  ask(blas->stream, [=] {
    for (int i = 0; i < count; i++) {
      product<T>(a, b, m, n, k, by, x + i * sx, lda, y + i * sy, ldb, keep, z + i * sz, ldc);
    }
  });
  return 0;
}

template <class T>
static int batched(Blas *blas, int a, int b, int m, int n, int k, const T *alpha, const T **x,
                   int lda, const T **y, int ldb, const T *beta, T **z, int ldc, int count) {
  NEED_CONTEXT;
  if (!fits(a, b, m, n, k, lda, ldb, ldc) || count < 1 || count > 65535) return 7;
  T by = *alpha, keep = *beta;
  ask(blas->stream, [=] {
    for (int i = 0; i < count; i++) {
      product<T>(a, b, m, n, k, by, x[i], lda, y[i], ldb, keep, z[i], ldc);
    }
  });
  return 0;
}

#define BLAS(T, P)                                                                             \
  EXPORT int cublas##P##gemm_v2(Blas *h, int a, int b, int m, int n, int k, const T *alpha,    \
                                const T *x, int lda, const T *y, int ldb, const T *beta, T *z, \
                                int ldc) {                                                     \
    return strided<T>(h, a, b, m, n, k, alpha, x, lda, 0, y, ldb, 0, beta, z, ldc, 0, 1);      \
  }                                                                                            \
  EXPORT int cublas##P##gemmStridedBatched(                                                    \
      Blas *h, int a, int b, int m, int n, int k, const T *alpha, const T *x, int lda,         \
      int64_t sx, const T *y, int ldb, int64_t sy, const T *beta, T *z, int ldc, int64_t sz,   \
      int count) {                                                                             \
    return strided<T>(h, a, b, m, n, k, alpha, x, lda, sx, y, ldb, sy, beta, z, ldc, sz, count); \
  }                                                                                            \
  EXPORT int cublas##P##gemmBatched(Blas *h, int a, int b, int m, int n, int k, const T *alpha, \
                                    const T **x, int lda, const T **y, int ldb, const T *beta, \
                                    T **z, int ldc, int count) {                               \
    return batched<T>(h, a, b, m, n, k, alpha, x, lda, y, ldb, beta, z, ldc, count);           \
  }

BLAS(float, S)
BLAS(double, D)
