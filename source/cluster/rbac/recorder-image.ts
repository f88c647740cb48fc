/**
 * The image that a release publishes beside the package, with `ktop` on its path; its tag is the version. Both the
 * release and `ktop rbac --record` name it by this.
 */
export const RECORDER_IMAGE = 'ghcr.io/ktop-tui/ktop';
