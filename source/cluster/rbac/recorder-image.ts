/**
 * The image that a release publishes, with `ktop` on its PATH; the tag is the version. Used by the release and by
 * `ktop rbac --record`.
 */
export const RECORDER_IMAGE = 'ghcr.io/ktop-tui/ktop';
