// Stands in for the CUDA driver: notes what it is asked for, and reads a launch's arguments as the driver would.
#include <cstdio>
#include <cstring>

static char notes[4096];
static int devices = 1;
static int module_result = 0;

static void note(const char *text)
{
    std::strncat(notes, text, sizeof notes - std::strlen(notes) - 1);
}

extern "C" {
const char *fake_notes() { return notes; }
void fake_reset(int device_count, int load_result)
{
    notes[0] = 0;
    devices = device_count;
    module_result = load_result;
}

int cuInit(unsigned int) { return 0; }
int cuDeviceGetCount(int *count) { return *count = devices, 0; }
int cuGetErrorName(int, const char **name) { return *name = "CUDA_ERROR_INVALID_PTX", 0; }
int cuDeviceGet(int *device, int number) { return *device = 100 + number, 0; }
int cuDevicePrimaryCtxRetain(void **context, int) { return *context = (void *)7, note("retain;"), 0; }
int cuDevicePrimaryCtxRelease_v2(int) { return note("release;"), 0; }
int cuCtxSetCurrent(void *context) { return context == (void *)7 ? 0 : 201; }
int cuModuleLoadData(void **module, const char *ptx)
{
    if (module_result == 0)
        note(std::strstr(ptx, ".visible .entry") ? "load ptx;" : "load something else;");
    *module = (void *)8;
    return module_result;
}
int cuModuleUnload(void *) { return note("unload;"), 0; }
int cuModuleGetFunction(void **function, void *, const char *name)
{
    *function = (void *)(std::strstr(name, "forward") ? 1L : std::strstr(name, "input") ? 2L : 3L);
    return 0;
}
int cuLaunchKernel(
    void *function, unsigned int gx, unsigned int gy, unsigned int gz, unsigned int bx, unsigned int by, unsigned int bz,
    unsigned int shared, void *stream, void **arguments, void **)
{
    char text[256];
    std::snprintf(text, sizeof text, "launch %ld grid %u,%u,%u block %u,%u,%u shared %u stream %ld", (long)function,
        gx, gy, gz, bx, by, bz, shared, (long)stream);
    note(text);
    // The forward kernel's six arguments: four addresses, an int, a float.
    if (function == (void *)1) {
        std::snprintf(text, sizeof text, " arguments %ld,%ld,%ld,%ld,%d,%g", *(long *)arguments[0], *(long *)arguments[1],
            *(long *)arguments[2], *(long *)arguments[3], *(int *)arguments[4], *(float *)arguments[5]);
        note(text);
    }
    note(";");
    return 0;
}
}
