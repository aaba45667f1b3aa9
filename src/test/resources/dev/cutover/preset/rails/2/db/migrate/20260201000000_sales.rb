class Sales < ActiveRecord::Migration[6.1]
  def change
    add_column :items, :price, :integer, null: false, default: 0
    create_table(:sales) { |t| t.references :item, null: false, foreign_key: true }
  end
end
