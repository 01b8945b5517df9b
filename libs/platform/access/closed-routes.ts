import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ruleOf } from './allow';

/** A route says neither who may call it nor that everybody may. */
export class RouteWithoutRule extends Error {
  override readonly name = 'RouteWithoutRule';
}

/** Refuses to start while any route of any controller has neither `@Allow(…)` nor `@Public()`. */
@Injectable()
export class ClosedRoutes implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws RouteWithoutRule naming every such route */
  onModuleInit(): void {
    const open = this.discovery.getControllers().flatMap(({ metatype }) => this.routesWithoutRule(metatype));
    if (open.length > 0) throw new RouteWithoutRule(`neither @Allow(…) nor @Public(): ${open.join(', ')}`);
  }

  private routesWithoutRule(controller: unknown): string[] {
    if (typeof controller !== 'function') return [];
    const prototype = controller.prototype as Record<string, unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const isRoute = typeof handler === 'function' && Reflect.hasMetadata(PATH_METADATA, handler);
      return isRoute && ruleOf(handler) === undefined ? [`${controller.name}.${name}`] : [];
    });
  }
}
