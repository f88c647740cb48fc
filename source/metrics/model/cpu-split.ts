/** CPU time of user code and of the kernel for it, as one amount each: nanoseconds of a counter, or cores of a rate. */
export type CpuSplit = {readonly user: number | undefined; readonly system: number | undefined};
