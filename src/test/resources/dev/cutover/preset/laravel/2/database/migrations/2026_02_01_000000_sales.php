<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

return new class extends Migration {
    public function up()
    {
        Schema::table('items', function (Blueprint $table) {
            $table->integer('price')->default(0);
        });
        Schema::create('sales', function (Blueprint $table) {
            $table->integer('id')->primary();
            $table->integer('item')->references('id')->on('items');
        });
    }

    public function down()
    {
        Schema::drop('sales');
        Schema::table('items', function (Blueprint $table) {
            $table->dropColumn('price');
        });
    }
};
