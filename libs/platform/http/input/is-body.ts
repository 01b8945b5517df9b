import { applyDecorators } from '@nestjs/common';
import { Type, type ClassConstructor } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';

/** A field that holds a body of its own: an object. By itself `ValidateNested` would let through nothing at all, and lists. */
export function IsBody(type: () => ClassConstructor<object>): PropertyDecorator {
  return applyDecorators(IsObject(), ValidateNested(), Type(type));
}

/** A field that holds a list of bodies. */
export function IsListOfBodies(
  type: () => ClassConstructor<object>,
  { countMax }: { readonly countMax: number },
): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMaxSize(countMax),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(type),
  );
}
