import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Place } from './place.ts';
import type { ServedAs } from './port.ts';

/** The requests that we make of S3: the only door to Amazon's client. Its errors come through as they are. */
export interface S3Requests {
  /** Bytes of a small object; `once` refuses to overwrite (412). SHA-256 in base64, which the server checks. */
  put(key: string, body: Uint8Array, sha256: string, once: boolean, signal?: AbortSignal): Promise<void>;
  size(key: string, signal?: AbortSignal): Promise<number>;
  get(key: string, from: number, signal?: AbortSignal): Promise<Readable>;
  remove(key: string): Promise<void>;
  page(prefix: string, after: string | undefined): Promise<{ objects: Listed[]; next: string | undefined }>;
  begin(key: string, signal?: AbortSignal): Promise<string>;
  part(key: string, upload: string, part: Part, body: Uint8Array, signal?: AbortSignal): Promise<Sent>;
  complete(
    key: string,
    upload: string,
    parts: readonly Sent[],
    once: boolean,
    signal?: AbortSignal,
  ): Promise<void>;
  abort(key: string, upload: string): Promise<void>;
  unfinished(
    prefix: string,
    after: After | undefined,
  ): Promise<{ uploads: Unfinished[]; next: After | undefined }>;
  address(key: string, seconds: number, name: string, as?: ServedAs): Promise<string>;
  /** Milliseconds since 1970 by the server's clock, to five minutes: the client minds a greater difference to sign. */
  now(): number;
}

export interface Listed {
  key: string;
  bytes: number;
  writtenAt: number;
}

/** From 1. SHA-256 in base64. */
export interface Part {
  number: number;
  sha256: string;
}

export interface Sent extends Part {
  tag: string | undefined;
}

export interface Unfinished {
  key: string;
  upload: string;
  begunAt: number;
}

export interface After {
  key: string | undefined;
  upload: string | undefined;
}

/** How patient requests are, and whose. Credentials that are not given come from where Amazon's client finds them. */
export interface S3Manners {
  /** In all. */
  attempts?: number;
  /** Milliseconds that a connection may say nothing. */
  silence?: number;
  /** How many entries a page of a list has, where the server's thousand are too many. */
  pageSize?: number;
  credentials?: S3ClientConfig['credentials'];
}

export function openS3Client(place: S3Place, manners: S3Manners = {}): S3Requests {
  const { attempts = 4, silence = 30_000, pageSize, credentials } = manners;
  const client = new S3Client({
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: Math.min(5000, silence), socketTimeout: silence, logger: quiet },
    // We hash ourselves, from end to end; older servers do not know what the client would add.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Servers of one's own seldom have a name for each bucket.
    ...(place.endpoint === null ? {} : { endpoint: place.endpoint, forcePathStyle: true }),
    ...(place.region !== null
      ? { region: place.region }
      : place.endpoint === null
        ? {}
        : { region: 'us-east-1' }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const at = (Key: string) => ({ Bucket: place.bucket, Key });
  const stoppedBy = (abortSignal: AbortSignal | undefined) =>
    abortSignal === undefined ? {} : { abortSignal };
  const onlyNew = (once: boolean) => (once ? { IfNoneMatch: '*' } : {});
  return {
    async put(key, Body, ChecksumSHA256, once, signal) {
      const put = new PutObjectCommand({ ...at(key), Body, ChecksumSHA256, ...onlyNew(once) });
      await client.send(put, stoppedBy(signal));
    },
    async size(key, signal) {
      const head = new HeadObjectCommand(at(key));
      return within(
        brief,
        signal,
        async (stop) => (await client.send(head, stoppedBy(stop))).ContentLength ?? 0,
      );
    },
    async get(key, from, signal) {
      const range = from === 0 ? {} : { Range: `bytes=${from}-` };
      const { Body } = await client.send(new GetObjectCommand({ ...at(key), ...range }), stoppedBy(signal));
      return Body as Readable;
    },
    async remove(key) {
      const remove = new DeleteObjectCommand(at(key));
      await within(brief, undefined, (stop) => client.send(remove, stoppedBy(stop)));
    },
    async page(Prefix, ContinuationToken) {
      const asked = { Bucket: place.bucket, Prefix, ContinuationToken, MaxKeys: pageSize };
      const { Contents = [], NextContinuationToken } = await client.send(new ListObjectsV2Command(asked));
      const objects = Contents.map(({ Key = '', Size = 0, LastModified }) => ({
        key: Key,
        bytes: Size,
        writtenAt: LastModified?.getTime() ?? 0,
      }));
      return { objects, next: NextContinuationToken };
    },
    async begin(key, signal) {
      const begin = new CreateMultipartUploadCommand({ ...at(key), ChecksumAlgorithm: 'SHA256' });
      const { UploadId } = await client.send(begin, stoppedBy(signal));
      if (UploadId === undefined) throw new Error('the store began an upload without a name');
      return UploadId;
    },
    async part(key, UploadId, part, Body, signal) {
      const { ETag } = await client.send(
        new UploadPartCommand({
          ...at(key),
          UploadId,
          PartNumber: part.number,
          Body,
          ChecksumSHA256: part.sha256,
        }),
        stoppedBy(signal),
      );
      return { ...part, tag: ETag };
    },
    async complete(key, UploadId, parts, once, signal) {
      const Parts = parts.map(({ number, sha256, tag }) => ({
        PartNumber: number,
        ChecksumSHA256: sha256,
        ETag: tag,
      }));
      const complete = { ...at(key), UploadId, MultipartUpload: { Parts }, ...onlyNew(once) };
      await client.send(new CompleteMultipartUploadCommand(complete), stoppedBy(signal));
    },
    async abort(key, UploadId) {
      await client.send(new AbortMultipartUploadCommand({ ...at(key), UploadId }));
    },
    async unfinished(Prefix, after) {
      const {
        Uploads = [],
        NextKeyMarker,
        NextUploadIdMarker,
        IsTruncated,
      } = await client.send(
        new ListMultipartUploadsCommand({
          Bucket: place.bucket,
          Prefix,
          KeyMarker: after?.key,
          UploadIdMarker: after?.upload,
          MaxUploads: pageSize,
        }),
      );
      const uploads = Uploads.map(({ Key = '', UploadId = '', Initiated }) => ({
        key: Key,
        upload: UploadId,
        begunAt: Initiated?.getTime() ?? 0,
      }));
      return {
        uploads,
        next: IsTruncated === true ? { key: NextKeyMarker, upload: NextUploadIdMarker } : undefined,
      };
    },
    address(key, expiresIn, name, { type, disposition = 'attachment' } = {}) {
      const get = new GetObjectCommand({
        ...at(key),
        ResponseContentDisposition: `${disposition}; filename="${name.replace(/[^\w. -]/g, '_')}"`,
        // Else it is that of the object, which has none: players refuse bytes that may be anything.
        ...(type === undefined ? {} : { ResponseContentType: type }),
      });
      return getSignedUrl(client, get, { expiresIn });
    },
    now: () => Date.now() + client.config.systemClockOffset,
  };
}

/** Milliseconds for a look or a removal with all its attempts: whoever looks may hold a lock in the database. */
const brief = 10_000;

async function within<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (stop: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(milliseconds);
  try {
    return await work(signal === undefined ? late : AbortSignal.any([signal, late]));
  } catch (error) {
    if (late.aborted && signal?.aborted !== true) throw late.reason;
    throw error;
  }
}

/** The client would warn on the terminal that many wait for few connections, which is as it should be. */
const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };
