// Stands in for the CUDA toolkit's headers when clang compiles a kernel without one: the qualifiers, the built-in
// variables and the few functions that our kernels use, each over a compiler builtin that needs no libdevice.
// Included by the build in front of the source; with nvcc the toolkit brings all of this.
#pragma once

#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __host__ __attribute__((host))
#define __shared__ __attribute__((shared))
#define __constant__ __attribute__((constant))
#define __forceinline__ __attribute__((always_inline)) inline
#define __launch_bounds__(...) __attribute__((launch_bounds(__VA_ARGS__)))

#define FINETUNE_INDEX(name, reg)                                                                          \
    struct finetune_##name {                                                                               \
        __declspec(property(get = get_x)) unsigned int x;                                                  \
        __declspec(property(get = get_y)) unsigned int y;                                                  \
        __declspec(property(get = get_z)) unsigned int z;                                                  \
        __device__ inline unsigned int get_x() const { return __nvvm_read_ptx_sreg_##reg##_x(); }          \
        __device__ inline unsigned int get_y() const { return __nvvm_read_ptx_sreg_##reg##_y(); }          \
        __device__ inline unsigned int get_z() const { return __nvvm_read_ptx_sreg_##reg##_z(); }          \
    };                                                                                                     \
    extern const __device__ finetune_##name name;

FINETUNE_INDEX(threadIdx, tid)
FINETUNE_INDEX(blockIdx, ctaid)
FINETUNE_INDEX(blockDim, ntid)
FINETUNE_INDEX(gridDim, nctaid)
#undef FINETUNE_INDEX

static __device__ inline float rsqrtf(float x) { return __nvvm_rsqrt_approx_f(x); }
static __device__ inline float sqrtf(float x) { return __nvvm_sqrt_rn_f(x); }
static __device__ inline float fabsf(float x) { return __nvvm_fabs_f(x); }
static __device__ inline float fmaxf(float x, float y) { return __nvvm_fmax_f(x, y); }
static __device__ inline float fminf(float x, float y) { return __nvvm_fmin_f(x, y); }

// 2^(x / ln 2) and ln 2 · log2(x), as the toolkit's fast versions are defined.
static __device__ inline float __expf(float x) { return __nvvm_ex2_approx_f(x * 1.4426950408889634f); }
static __device__ inline float __logf(float x) { return __nvvm_lg2_approx_f(x) * 0.6931471805599453f; }

static __device__ inline float __uint_as_float(unsigned int x) { return __builtin_bit_cast(float, x); }
static __device__ inline unsigned int __float_as_uint(float x) { return __builtin_bit_cast(unsigned int, x); }

// 0x1f: all 32 lanes of the warp take part, no segments.
static __device__ inline float __shfl_xor_sync(unsigned int mask, float value, int lane)
{
    return __nvvm_shfl_sync_bfly_f32(mask, value, lane, 0x1f);
}
