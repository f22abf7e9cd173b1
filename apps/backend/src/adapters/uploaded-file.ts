/** A file that has arrived on this machine but is not kept yet; gone when its request is answered. */
export interface UploadedFile {
  readonly path: string;
  readonly originalName: string;
  readonly sizeBytes: number;
}
