// The kernels of rms_norm.cu as functions of the CPU, with the launch geometry as arguments.
#include "finetune_host.h"

#include "rms_norm.cu"

#define RMS_NORM_HOST(T, suffix)                                                                                          \
    extern "C" void host_forward_##suffix(                                                                                \
        unsigned int threads, T *y, float *s, const T *x, const T *w, int rows, int features, float epsilon)              \
    {                                                                                                                     \
        finetune::launch({(unsigned int)rows}, {threads}, [=] { rms_norm_forward_##suffix(y, s, x, w, features, epsilon); }); \
    }                                                                                                                     \
    extern "C" void host_backward_input_##suffix(                                                                         \
        unsigned int threads, T *dx, const T *dy, const T *x, const T *w, const float *s, int rows, int features)         \
    {                                                                                                                     \
        finetune::launch({(unsigned int)rows}, {threads}, [=] { rms_norm_backward_input_##suffix(dx, dy, x, w, s, features); }); \
    }                                                                                                                     \
    extern "C" void host_backward_weight_##suffix(                                                                        \
        unsigned int groups, float *dw, const T *dy, const T *x, const float *s, int rows, int features)                  \
    {                                                                                                                     \
        finetune::launch({((unsigned int)features + 31) / 32}, {32, groups},                                             \
            [=] { rms_norm_backward_weight_##suffix(dw, dy, x, s, rows, features); });                                    \
    }

RMS_NORM_HOST(float, f32)
RMS_NORM_HOST(bfloat16, bf16)
